using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Devices;

/// <summary>Tells on standard error what went through a pipe: when SIGUSR1 asks, and at the end.</summary>
internal sealed class DeviceStatistics : IDisposable
{
    private const PosixSignal UserSignal = (PosixSignal)10; // SIGUSR1 of Linux

    private readonly CommandConsole _console;
    private readonly string _path;
    private readonly bool _isJson;
    private readonly long _start;
    private readonly PosixSignalRegistration _registration;
    private readonly Lock _gate = new();

    /// <summary>From here on a signal asks; without this it would end the process.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="path">The pipe.</param>
    /// <param name="isJson">Whether each line is a JSON document.</param>
    public DeviceStatistics(CommandConsole console, string path, bool isJson)
    {
        (_console, _path, _isJson, _start) = (console, path, isJson, console.Time.GetTimestamp());
        _registration = PosixSignalRegistration.Create(UserSignal, Take);
    }

    /// <summary>What is counted.</summary>
    public FifoCounts Counts { get; } = new();

    /// <summary>Writes one line.</summary>
    public void Write()
    {
        var seconds = Math.Round(_console.Time.GetElapsedTime(_start).TotalSeconds, 3);
        var line = _isJson
            ? JsonSerializer.Serialize(
                new
                {
                    path = _path,
                    bytes_written = Counts.Written,
                    bytes_dropped = Counts.Dropped,
                    seconds,
                }
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{OpenEntropyCommand.Name}: {_path}: {Counts.Written:N0} bytes written, {Counts.Dropped:N0} of them dropped unread, in {seconds:0.0} s."
            );
        lock (_gate)
            _console.Error.WriteLine(line);
    }

    public void Dispose() => _registration.Dispose();

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        try
        {
            Write();
        }
        catch (IOException)
        {
            // Nobody reads standard error any more: what is asked for cannot be told, and the pipe goes on.
        }
    }
}
