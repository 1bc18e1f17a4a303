using OpenEntropy.Cli.Running;
using OpenEntropy.Health;

namespace OpenEntropy.Cli.Recording;

/// <summary>Raw samples of one source, piece by piece, as large as it gives in a moment.</summary>
/// <param name="pool">It harvests.</param>
/// <param name="name">The source.</param>
/// <param name="patience">How long it may give none.</param>
/// <param name="time">The clock.</param>
internal sealed class SourceSamples(EntropyPool pool, string name, TimeSpan patience, TimeProvider time)
{
    // All of a piece comes within the patience or none of it, and nobody knows yet how slow the source is.
    private const int FirstPiece = 1;
    private const int LargestPiece = 1 << 16;

    /// <summary>A moment: so much is lost where a recording is ended by the clock.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(400);

    private readonly byte[] _buffer = new byte[LargestPiece];
    private int _piece = FirstPiece;

    /// <summary>When the first sample was there: the engine that takes it needs a second or two to begin. Null before that.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>The next samples.</summary>
    /// <param name="most">How many at most, at least 1.</param>
    /// <param name="end">Ends the wait.</param>
    /// <returns>At least one, valid until the next call.</returns>
    /// <exception cref="CommandFailureException">It gives none.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(int most, CancellationToken end)
    {
        if (pool.FindSource(name) is { State: SourceState.PermanentlyFailed } failed)
            throw new CommandFailureException($"{name} has failed: {failed.Reason}", ExitCodes.BrokenOff);
        var piece = _buffer.AsMemory(0, Math.Min(_piece, most));
        var start = time.GetTimestamp();
        if (await pool.TryGetRawAsync([name], piece, patience, end) is { } refusal)
        {
            var reason = pool.FindSource(name)?.Reason;
            throw new CommandFailureException($"{refusal.Message}{(reason is null ? "" : $" ({reason})")}", ExitCodes.BrokenOff);
        }

        First ??= time.GetUtcNow();
        var elapsed = time.GetElapsedTime(start);
        _piece =
            elapsed < s_short ? Math.Min(2 * _piece, LargestPiece)
            : elapsed > s_long ? Math.Max(_piece / 2, 1)
            : _piece;
        return piece;
    }
}
