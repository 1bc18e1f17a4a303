using System.Buffers;
using OpenEntropy.Health;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;

namespace OpenEntropy.Server.Randomness;

/// <summary>One request's way to its bytes: the pool's output that was asked for, in as many draws as the body needs.</summary>
/// <param name="pool">The pool.</param>
/// <param name="request">What was asked.</param>
/// <param name="members">The sources of raw samples; empty for other output.</param>
/// <param name="served">Counts what is drawn.</param>
/// <param name="time">Measures the wait for raw samples.</param>
/// <param name="gone">Ends waits when the client is gone.</param>
/// <param name="blocks">The caller's way to seed blocks; null: the pool's.</param>
/// <param name="quota">Is told what is drawn; null: nobody is.</param>
internal sealed class RandomDraw(
    EntropyPool pool,
    RandomRequest request,
    IReadOnlyList<string> members,
    ServedCount served,
    TimeProvider time,
    CancellationToken gone,
    CallersBlocks? blocks = null,
    OutputQuota? quota = null
) : IByteDraw
{
    private const int MostAtOnce = 65_536;
    private const int RawCall = 4096;
    private const int Base64Group = 3;

    // A generator that reseeds on the way takes as many at most.
    private const int BlocksOfAGenerator = 2;

    // A quarter of fair bits come out: one extractor draw then costs about one raw call.
    private const int ExtractorCall = RawCall / 4;

    // Up to so many bytes, what takes seed blocks and does not wait for them is refused before the first byte where the pool has too few for all.
    private const int RefusedAsAWhole = 1 << 20;

    private VonNeumannExtractor _extractor;
    private bool _hasDrawn;

    /// <summary>
    /// The most bytes to draw for one chunk: no client has more than this waiting for it. Raw samples come in small ones, since each must arrive
    /// within the request's timeout; limited bytes in whole blocks, also where base64 drops what is no group of three.
    /// </summary>
    public int ChunkLength =>
        request switch
        {
            { Conditioning: PoolOutput.Raw } => RawCall,
            { Conditioning: PoolOutput.VonNeumann } => ExtractorCall,
            { Conditioning: PoolOutput.Limited } => MostAtOnce / (Base64Group * pool.BlockBytes) * (Base64Group * pool.BlockBytes),
            _ => MostAtOnce,
        };

    /// <inheritdoc/>
    public bool WritesInPlace => request is { Conditioning: PoolOutput.Drbg, Fresh: false };

    /// <inheritdoc/>
    public int Unit => request.Conditioning == PoolOutput.Limited ? pool.BlockBytes : 1;

    /// <summary>Whether each draw takes seed blocks of its own.</summary>
    public bool TakesBlocks => request.Fresh || request.Conditioning == PoolOutput.Limited;

    /// <summary>The same draws, whose waits end otherwise. To be asked for before the first.</summary>
    /// <param name="ended">Ends them.</param>
    public RandomDraw EndedBy(CancellationToken ended) => new(pool, request, members, served, time, ended, blocks, quota);

    /// <summary>How many bytes to draw now: of limited ones, those that the pool backs already, or else one block to wait for.</summary>
    /// <param name="most">The most that are wanted; a block is drawn whole.</param>
    public int LengthNow(int most) =>
        request.Conditioning == PoolOutput.Limited
            ? Math.Max(1, (int)Math.Min(most / pool.BlockBytes, Backed - BlocksOfAGenerator)) * pool.BlockBytes
            : Math.Min(most, ChunkLength);

    /// <summary>Fills a buffer with the next bytes.</summary>
    /// <param name="destination">Any length up to what the pool gives.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> FillAsync(Memory<byte> destination)
    {
        // What waits for nothing makes no state machine for the sake of a count.
        var draw = DrawAsync(destination);
        return draw.IsCompletedSuccessfully ? new(Counted(draw.Result, destination.Length)) : CountAsync(draw, destination.Length);
    }

    /// <inheritdoc/>
    public EntropyRefusal? TryWrite(IBufferWriter<byte> writer, int length) =>
        Counted(pool.TryWriteBytes(writer, length, TransportMemory.LargeBlock), length);

    /// <summary>
    /// Whether the first draw would be refused as things stand, without drawing a byte, taking a block or waiting. A source that is silent is
    /// not noticed: that shows only when samples are asked of it.
    /// </summary>
    /// <param name="bytes">Its length, at least 1.</param>
    /// <returns>Null when it would be filled.</returns>
    public ValueTask<EntropyRefusal?> FindRefusalAsync(long bytes) =>
        request.ReadsRaw ? pool.TryGetRawAsync(members, Memory<byte>.Empty, TimeSpan.Zero, gone) : new(FindSeedRefusal(bytes));

    /// <summary>How the sources of raw samples stand now; null for other output.</summary>
    public RawOrigin? FindOrigin() => request.ReadsRaw ? new RawOrigin(members, [.. members.Select(StateOf)]) : null;

    // A source that is gone is unavailable.
    private string StateOf(string name) => StateNames<SourceState>.Of(pool.FindSource(name)?.State ?? SourceState.Unavailable);

    // The question comes first: where a generator can be seeded, even an empty draw may take a block for it.
    private EntropyRefusal? FindSeedRefusal(long bytes) =>
        !pool.CanServe ? pool.TryGetBytes([])
        : !TakesBlocks ? null
        : FindShortage(BlocksFor(checked((int)(request.CountsBytes ? Math.Min(bytes, RefusedAsAWhole) : bytes))));

    private long Backed => blocks?.Backed ?? (pool.BackedBytes / pool.BlockBytes);

    private EntropyRefusal? FindShortage(int needed) => blocks is null ? pool.FindShortage(needed) : blocks.FindShortage(needed);

    private int BlocksFor(int bytes) => request.Fresh ? pool.BlocksOfFresh(bytes) : pool.BlocksOfLimited(bytes);

    private ValueTask<EntropyRefusal?> DrawAsync(Memory<byte> destination) =>
        request.Conditioning switch
        {
            PoolOutput.Drbg when !request.Fresh => new(pool.TryGetBytes(destination.Span)),
            PoolOutput.Drbg => blocks is null
                ? pool.TryGetFreshBytesAsync(destination, request.Timeout, gone)
                : blocks.TryGetFreshBytesAsync(destination, request.Timeout, gone),
            PoolOutput.Limited => blocks is null
                ? pool.TryGetLimitedBytesAsync(destination, request.Timeout, gone)
                : blocks.TryGetLimitedBytesAsync(destination, request.Timeout, gone),
            PoolOutput.Raw => pool.TryGetRawAsync(members, destination, request.Timeout, gone),
            _ => ExtractAsync(destination),
        };

    private async ValueTask<EntropyRefusal?> CountAsync(ValueTask<EntropyRefusal?> draw, int bytes) => Counted(await draw, bytes);

    private EntropyRefusal? Counted(EntropyRefusal? refusal, int bytes)
    {
        if (refusal is null)
        {
            served.Add(request.Conditioning, bytes, isFirst: !_hasDrawn);
            _hasDrawn = true;
            quota?.Drew(bytes);
        }

        return refusal;
    }

    private async ValueTask<EntropyRefusal?> ExtractAsync(Memory<byte> destination)
    {
        var started = time.GetTimestamp();
        using var samples = PooledBytes.Rent(RawCall);
        var left = request.Timeout;
        var filled = 0;
        while (filled < destination.Length)
        {
            var wanted = samples.Memory[..Math.Min(RawCall, 4 * (destination.Length - filled))];
            var refusal = left < TimeSpan.Zero ? Slow() : await pool.TryGetRawAsync(members, wanted, left, gone);
            if (refusal is not null)
            {
                destination.Span.Clear();
                return refusal;
            }

            filled += _extractor.Extract(wanted.Span, destination.Span[filled..]);
            left = request.Timeout - time.GetElapsedTime(started);
        }

        return null;
    }

    private EntropyRefusal Slow() =>
        new(
            RefusalReason.SourceSlow,
            $"{string.Join(", ", members)} gave too few unequal bit pairs within {request.Timeout.TotalSeconds} seconds",
            request.Timeout
        );
}
