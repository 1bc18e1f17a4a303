using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy;

/// <summary>The machine's noise, tested, conditioned and generated. Start reading here: the numbers are the way of a sample.</summary>
/// <remarks>
/// <code>
/// noise source ─► digitize ─► health tests ─► conditioner ─► seed pool ─► DRBG, one per core ─► GetBytes
///     (1)            (1)          (2)             (3)           (4)        (5)
///                                  └─► raw tap ─► raw output               └─► XOR with seed blocks ─► entropy-limited output
///                                        (6)                                                              (7)
/// </code>
/// </remarks>
public sealed class EntropyPool : IAsyncDisposable
{
    private readonly EntropyPoolParts _parts;
    private readonly CancellationTokenSource _disposing = new();
    private Task _harvest = Task.CompletedTask;
    private Task _started = Task.CompletedTask;

    /// <summary>A pool that does not harvest yet; <see cref="RunAsync"/> does.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="time">Null: the system's.</param>
    /// <exception cref="EntropyConfigurationException">The options contradict each other or name what does not exist.</exception>
    public EntropyPool(EntropyPoolOptions? options = null, TimeProvider? time = null)
        : this(options ?? new EntropyPoolOptions(), time ?? TimeProvider.System, OsRandom.Fill, SystemClocks.Offsets) { }

    internal EntropyPool(EntropyPoolOptions options, TimeProvider time, FillRandom osRandom, Func<(long Boottime, long Realtime)> clocks)
    {
        _parts = new EntropyPoolParts(options, time, osRandom, clocks);
    }

    /// <summary>The accounts at this moment.</summary>
    public EntropyPoolStatus Status => _parts.Report.Status();

    /// <summary>The most bytes one call of <see cref="TryGetFreshBytesAsync"/> gives: a reseed for every 65,536 bytes, from a full pool.</summary>
    public long MaximumFreshBytes => _parts.Fresh.MaximumBytes;

    /// <summary>The most bytes one call of <see cref="TryGetLimitedBytesAsync"/> gives: what a full pool backs.</summary>
    public long MaximumLimitedBytes => _parts.Limited.MaximumBytes;

    /// <summary>The parts, for tests that take turns by hand.</summary>
    internal EntropyPoolParts Parts => _parts;

    /// <summary>A pool that harvests on threads of its own until it is disposed.</summary>
    /// <param name="options">Null: the defaults.</param>
    public static EntropyPool Start(EntropyPoolOptions? options = null)
    {
        var pool = new EntropyPool(options);
        pool._started = pool.RunAsync(CancellationToken.None);
        return pool;
    }

    /// <summary>Harvests until stopped or disposed: takes samples (1), tests them (2), conditions them (3) and fills the seed pool (4). Called once.</summary>
    /// <param name="stop">Stops the harvest; the pool goes on giving what its seeds allow.</param>
    public Task RunAsync(CancellationToken stop) => _harvest = HarvestAsync(stop);

    /// <summary>Fills with <c>drbg</c> bytes; before the first seed it waits up to <see cref="DrbgOptions.StartTimeout"/>.</summary>
    /// <param name="destination">Any length.</param>
    /// <exception cref="EntropyUnavailableException">Nothing can be given; the destination is zeroed.</exception>
    public void GetBytes(Span<byte> destination)
    {
        var refusal = TryGetBytes(destination);
        if (refusal?.Reason == RefusalReason.Starting)
        {
            // Also after a wait in vain: of many who wait, one takes the first block and seeds the generator that serves them all.
            _parts.WaitForFirstSeed();
            refusal = TryGetBytes(destination);
        }

        if (refusal is not null)
            throw new EntropyUnavailableException(refusal);
    }

    /// <summary>Fills with <c>drbg</c> bytes (5) and never waits.</summary>
    /// <param name="destination">Any length; zeroed on refusal.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public EntropyRefusal? TryGetBytes(Span<byte> destination)
    {
        if (!_parts.Generators.TryFill(destination, fresh: false))
            return _parts.Report.WhyNoSeed();
        _parts.Output.AddDrbg(destination.Length);
        return null;
    }

    /// <summary>Fills with <c>drbg</c> bytes, each generate call of at most 65,536 bytes after a reseed of its own (prediction resistance).</summary>
    /// <param name="destination">At most <see cref="MaximumFreshBytes"/> bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait for the blocks it needs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> TryGetFreshBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation) =>
        _parts.Fresh.FillAsync(destination, timeout, cancellation);

    /// <summary>Fills with entropy-limited bytes (7): seed blocks XOR generator output, so that every bit is backed by credited entropy.</summary>
    /// <param name="destination">At most <see cref="MaximumLimitedBytes"/> bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait for the blocks it needs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> TryGetLimitedBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation) =>
        _parts.Limited.FillAsync(destination, timeout, cancellation);

    /// <summary>
    /// Which sources raw output would come from: one source, or several whose streams are XORed byte by byte.
    /// Generators, counters and vendors' devices are never members of several, since they would whiten or dilute them.
    /// </summary>
    /// <param name="selection">Names, categories or globs, separated by commas; null: every enabled source that may be a member.</param>
    /// <param name="members">The sources' names.</param>
    /// <param name="error">One sentence when the selection names nothing that exists; near names are in it.</param>
    public bool TrySelectRaw(string? selection, out IReadOnlyList<string> members, out string? error) =>
        _parts.Raw.TrySelect(selection, out members, out error);

    /// <summary>Fills with raw samples (6) that earn no credit and enter no block, whatever the sources' health.</summary>
    /// <param name="members">From <see cref="TrySelectRaw"/>.</param>
    /// <param name="destination">Receives the samples of one source, or the XOR of several; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> TryGetRawAsync(
        IReadOnlyList<string> members,
        Memory<byte> destination,
        TimeSpan timeout,
        CancellationToken cancellation
    ) => _parts.Raw.FillAsync(members, destination, timeout, cancellation);

    /// <summary>One source at this moment; null where no source has that name.</summary>
    /// <param name="name">Its name.</param>
    public EntropySourceStatus? FindSource(string name) => _parts.FindSource(name)?.Status();

    /// <summary>Names that resemble a name that does not exist, nearest first, at most three.</summary>
    /// <param name="name">What was asked for.</param>
    public IReadOnlyList<string> NearNames(string name) => SourceSelection.Near(name, _parts.SourceInfos);

    /// <summary>Stops the harvest, closes every source and zeroes all state.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();

        // Whoever called RunAsync awaits it and sees how it ended; here it must only have ended, so that nothing uses what is zeroed.
        await _harvest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _parts.Dispose();
        await _started;
    }

    private async Task HarvestAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _disposing.Token);
        using var generations = VmGenerationWatch.Start(_parts.Watch.Sign);
        await Task.Factory.StartNew(
            () => _parts.Harvester.Run(either.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }
}
