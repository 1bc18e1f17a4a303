using System.Buffers;
using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
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
public sealed partial class EntropyPool : IAsyncDisposable
{
    /// <summary>The longest wait: what is wanted later is asked for later.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private readonly EntropyPoolParts _parts;
    private readonly Lazy<Task> _disposal;

    /// <summary>A pool that does not harvest yet; <see cref="RunAsync"/> does.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="time">Null: the system's.</param>
    /// <exception cref="EntropyConfigurationException">The options contradict each other or name what does not exist.</exception>
    public EntropyPool(EntropyPoolOptions? options = null, TimeProvider? time = null)
        : this(options ?? new EntropyPoolOptions(), time ?? TimeProvider.System, OsRandom.Fill, SystemClocks.Offsets) { }

    internal EntropyPool(EntropyPoolOptions options, TimeProvider time, FillRandom osRandom, Func<(long Boottime, long Realtime)> clocks)
    {
        _parts = new EntropyPoolParts(options, time, osRandom, clocks);
        _disposal = new Lazy<Task>(_parts.DisposeAsync);
    }

    /// <summary>The accounts at this moment.</summary>
    public EntropyPoolStatus Status => _parts.Report.Status();

    /// <summary>The most bytes one call of <see cref="TryGetFreshBytesAsync"/> gives: a reseed for every 65,536 bytes, from a full pool.</summary>
    public long MaximumFreshBytes => _parts.Fresh.MaximumBytes;

    /// <summary>The most bytes one call of <see cref="TryGetLimitedBytesAsync"/> gives: what a full pool backs.</summary>
    public long MaximumLimitedBytes => _parts.Limited.MaximumBytes;

    /// <summary>Limited bytes that would be given at this moment, if nobody else took them.</summary>
    internal long BackedBytes => _parts.Limited.BackedBytes;

    /// <summary>Limited bytes that one seed block backs.</summary>
    internal int BlockBytes => _parts.Pool.BlockBytes;

    /// <summary>The parts, for tests that take turns by hand.</summary>
    internal EntropyPoolParts Parts => _parts;

    /// <summary>
    /// Does beforehand, on another thread, what the first pool of a process takes time for: measures the machine's counters and loads what the
    /// sources are made of. A program that has other things to make ready begins with it and need not wait. Where there is one processor it does
    /// nothing, since it would take turns with what it measures.
    /// </summary>
    public static void Prepare()
    {
        if (Environment.ProcessorCount > 1)
            _ = Task.Run(SourceAssembly.Rehearse);
    }

    /// <summary>A pool that harvests on threads of its own until it is disposed.</summary>
    /// <param name="options">Null: the defaults.</param>
    public static EntropyPool Start(EntropyPoolOptions? options = null)
    {
        var pool = new EntropyPool(options);
        _ = pool.RunAsync(CancellationToken.None); // how it ends is in Status
        return pool;
    }

    /// <summary>Harvests until stopped or disposed: takes samples (1), tests them (2), conditions them (3) and fills the seed pool (4).</summary>
    /// <param name="stop">Stops the harvest for good; the pool goes on giving what its seeds allow, and its status says that the harvest was stopped.</param>
    /// <exception cref="InvalidOperationException">The harvest was started before, here or by <see cref="Start"/>.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public Task RunAsync(CancellationToken stop) => _parts.Harvest.RunAsync(stop);

    /// <summary>Fills with <c>drbg</c> bytes; before the first seed, also after a resume, it waits up to <see cref="DrbgOptions.StartTimeout"/>.</summary>
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
        if (!_parts.Generators.TryFill(destination))
            return _parts.Report.WhyNoSeed();
        _parts.Output.AddDrbg(destination.Length);
        return null;
    }

    /// <summary>Writes <c>drbg</c> bytes (5) of one generate call, made in the writer's own memory, and never waits.</summary>
    /// <param name="writer">
    /// Receives the bytes. It holds one generator meanwhile and may not ask the pool for anything, which is refused where it is noticed. Where it throws, what
    /// it has received is never given again; the account of bytes has none of it.
    /// </param>
    /// <param name="length">Bytes, 0 to 65,536.</param>
    /// <param name="piece">What is asked of the writer at once, 16 bytes or more: of a pipe, no more than its own memory pool gives.</param>
    /// <returns>Null when written, otherwise why not, and then nothing is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length or the piece is out of its range.</exception>
    /// <exception cref="ArgumentException">The writer gives less memory than it was asked for.</exception>
    /// <exception cref="InvalidOperationException">The writer of a call that has not ended asks for output.</exception>
    public EntropyRefusal? TryWriteBytes(IBufferWriter<byte> writer, int length, int piece = 4096)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, CtrDrbg.MaximumRequestBytes);
        if (!_parts.Generators.TryWrite(writer, length, piece))
            return _parts.Report.WhyNoSeed();
        _parts.Output.AddDrbg(length);
        return null;
    }

    /// <summary>Fills with <c>drbg</c> bytes, each generate call of at most 65,536 bytes after a reseed of its own (prediction resistance).</summary>
    /// <param name="destination">At most <see cref="MaximumFreshBytes"/> bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait for the blocks it needs: 0 to one day.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The destination is longer, or the timeout is out of its range.</exception>
    public ValueTask<EntropyRefusal?> TryGetFreshBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation) =>
        _parts.Fresh.FillAsync(destination, Checked(timeout), cancellation);

    /// <summary>Fills with entropy-limited bytes (7): seed blocks XOR generator output, so that every bit is backed by credited entropy.</summary>
    /// <param name="destination">At most <see cref="MaximumLimitedBytes"/> bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait for the blocks it needs: 0 to one day.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The destination is longer, or the timeout is out of its range.</exception>
    public ValueTask<EntropyRefusal?> TryGetLimitedBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation) =>
        _parts.Limited.FillAsync(destination, Checked(timeout), cancellation);

    /// <summary>Fills with raw samples (6) that earn no credit and enter no block, whatever the sources' health.</summary>
    /// <param name="members">From <see cref="TrySelectRaw"/>.</param>
    /// <param name="destination">Receives the samples of one source, or the XOR of several; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait: 0 to one day.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    /// <exception cref="ArgumentException">A member is unknown, private or named twice, or there is none, or the timeout is out of its range.</exception>
    public ValueTask<EntropyRefusal?> TryGetRawAsync(
        IReadOnlyList<string> members,
        Memory<byte> destination,
        TimeSpan timeout,
        CancellationToken cancellation
    ) => _parts.Raw.FillAsync(members, destination, Checked(timeout), cancellation);

    /// <summary>Stops the harvest, ends every wait, zeroes all state and closes every source. May be called again, and from several threads.</summary>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    private static TimeSpan Checked(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, s_longest);
        return timeout;
    }
}
