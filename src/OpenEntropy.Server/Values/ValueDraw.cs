using System.Buffers;
using System.Security.Cryptography;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary>
/// One request's way from bytes to values. The bytes are drawn in one piece that all but certainly suffices; where rejection takes more, they are
/// drawn on and the values made again from the beginning, which gives the same ones: a mapping is a function of its bytes. Of limited output, whose
/// bytes are scarce, only what is consumed on average is drawn first.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="request">What was asked.</param>
/// <param name="served">Counts what is drawn.</param>
/// <param name="time">Measures the wait.</param>
/// <param name="gone">Ends waits when the client is gone.</param>
/// <param name="blocks">The caller's way to seed blocks; null: the pool's.</param>
/// <param name="quota">Is told what is drawn; null: nobody is.</param>
internal sealed class ValueDraw(
    EntropyPool pool,
    ValueRequest request,
    ServedCount served,
    TimeProvider time,
    CancellationToken gone,
    CallersBlocks? blocks = null,
    OutputQuota? quota = null
) : IDisposable
{
    private byte[] _bytes = [];
    private int _count;
    private int _consumed;

    /// <summary>Gives away the bytes the values were made of: the first so many of an array, which is then the caller's to <see cref="GiveBack"/>.</summary>
    public (byte[] Bytes, int Consumed) Take()
    {
        var taken = (_bytes, _consumed);
        (_bytes, _count, _consumed) = ([], 0, 0);
        return taken;
    }

    /// <summary>Whether the first draw would be refused as things stand, without drawing a byte, taking a block or waiting.</summary>
    /// <param name="plan">How the request is to be met.</param>
    /// <returns>Null when it would be filled.</returns>
    public ValueTask<EntropyRefusal?> FindRefusalAsync(ValuePlan plan) =>
        new RandomDraw(pool, request.OfBytes(FirstLength(plan)), [], served, time, gone, blocks).FindRefusalAsync(FirstLength(plan));

    /// <summary>Draws, and makes the values.</summary>
    /// <param name="plan">How the request is to be met.</param>
    /// <param name="text">Receives the values.</param>
    /// <returns>Null when made, otherwise why not.</returns>
    public async ValueTask<EntropyRefusal?> RunAsync(ValuePlan plan, ValueText text)
    {
        var started = time.GetTimestamp();
        var hasDrawn = false;
        for (var length = FirstLength(plan); ; length = NextLength(plan))
        {
            if (await AppendAsync((int)length, request.Timeout - time.GetElapsedTime(started)) is { } refusal)
            {
                return refusal;
            }

            served.Add(request.Conditioning, length, isFirst: !hasDrawn);
            hasDrawn = true;
            quota?.Drew(length);
            if (TryMake(plan, text))
            {
                return null;
            }
        }
    }

    /// <summary>Zeroes the bytes and gives their memory back. To be called once.</summary>
    public void Dispose() => GiveBack(_bytes);

    /// <summary>Zeroes an array and gives its memory back.</summary>
    /// <param name="bytes">Of the shared pool, or empty.</param>
    internal static void GiveBack(byte[] bytes)
    {
        CryptographicOperations.ZeroMemory(bytes);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Bytes of the first draw, which all but certainly is the only one.</summary>
    /// <param name="plan">How the request is to be met.</param>
    public long FirstLength(ValuePlan plan) =>
        request.Conditioning == PoolOutput.Limited ? Math.Min(WholeBlocks((long)Math.Ceiling(plan.Need.Mean)), pool.MaximumLimitedBytes)
        : request.Fresh ? Math.Min(plan.Need.Generous, pool.MaximumFreshBytes)
        : plan.Need.Generous;

    private long NextLength(ValuePlan plan) =>
        request.Conditioning == PoolOutput.Limited
            ? Math.Min(WholeBlocks(plan.Need.Deviation), pool.MaximumLimitedBytes)
            : (long)Math.Ceiling(plan.Need.Generous - plan.Need.Mean);

    // A block that is taken is taken whole.
    private long WholeBlocks(long bytes) => (bytes + pool.BlockBytes - 1) / pool.BlockBytes * pool.BlockBytes;

    private ValueTask<EntropyRefusal?> AppendAsync(int length, TimeSpan left)
    {
        if (_bytes.Length - _count < length)
        {
            var grown = ArrayPool<byte>.Shared.Rent(_count + length);
            _bytes.AsSpan(0, _count).CopyTo(grown);
            GiveBack(_bytes);
            _bytes = grown;
        }

        var destination = _bytes.AsMemory(_count, length);
        _count += length;
        var wait = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        return request switch
        {
            { Conditioning: PoolOutput.Limited } => blocks is null
                ? pool.TryGetLimitedBytesAsync(destination, wait, gone)
                : blocks.TryGetLimitedBytesAsync(destination, wait, gone),
            { Fresh: true } => blocks is null
                ? pool.TryGetFreshBytesAsync(destination, wait, gone)
                : blocks.TryGetFreshBytesAsync(destination, wait, gone),
            _ => new(pool.TryGetBytes(destination.Span)),
        };
    }

    private bool TryMake(ValuePlan plan, ValueText text)
    {
        text.Clear();
        using var supply = ByteSupply.Over(_bytes, _count);
        try
        {
            plan.Write(supply, text);
            _consumed = (int)supply.Consumed;
            return true;
        }
        catch (EndOfStreamException)
        {
            return false; // rejection took more than was drawn
        }
    }
}
