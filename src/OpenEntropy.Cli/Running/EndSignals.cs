using System.Runtime.InteropServices;

namespace OpenEntropy.Cli.Running;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP (a closed terminal): the first asks the command to end, so that it leaves nothing behind; a second ends the process at once,
/// as it would without this.
/// </summary>
internal sealed class EndSignals : IDisposable
{
    // Numbers of signal(7): not those of PosixSignal.
    private static readonly (PosixSignal Signal, int Number)[] s_signals =
    [
        (PosixSignal.SIGHUP, 1),
        (PosixSignal.SIGINT, 2),
        (PosixSignal.SIGTERM, 15),
    ];

    private readonly CancellationTokenSource _end = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _first;

    public EndSignals() =>
        _registrations = [.. s_signals.Select(each => PosixSignalRegistration.Create(each.Signal, context => Take(context, each.Number)))];

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>What the process exits with where it was ended by a signal.</summary>
    public int ExitCode => ExitCodes.Signal + Volatile.Read(ref _first);

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _end.Dispose();
    }

    internal void Take(PosixSignalContext context, int number)
    {
        if (Interlocked.CompareExchange(ref _first, number, 0) != 0)
            return;
        context.Cancel = true;
        // On another thread: what is called back here must not hold up the next signal.
        try
        {
            _ = _end.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It came while the program was ending by itself, which does not wait for a handler under way.
        }
    }
}
