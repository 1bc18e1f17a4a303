using System.Globalization;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>The way to the pool's seed blocks, for answers that take some: no caller gets another's share (<see cref="ShareTable"/>).</summary>
/// <param name="pool">The pool.</param>
/// <param name="options">Whether callers are limited, and how long they count.</param>
/// <param name="counts">Counts who is refused while the pool holds enough.</param>
/// <param name="time">The pool's clock.</param>
internal sealed class BlockShares(EntropyPool pool, IOptions<LimitsOptions> options, LimitCounts counts, TimeProvider time)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    private readonly int _capacity = (int)(pool.MaximumLimitedBytes / pool.BlockBytes);
    private readonly ShareTable _table = new((int)(pool.MaximumLimitedBytes / pool.BlockBytes), options.Value.ShareWindow, time);

    private int Available => (int)(pool.BackedBytes / pool.BlockBytes);

    /// <summary>A caller's way; null where all callers are one.</summary>
    /// <param name="context">Its request.</param>
    public CallersBlocks? For(HttpContext context) =>
        options.Value.Enabled ? new CallersBlocks(this, pool, context.Caller(), keeps: !HttpMethods.IsHead(context.Request.Method)) : null;

    /// <summary>Blocks that a caller may take now.</summary>
    /// <param name="caller">The caller.</param>
    public int BackedFor(Caller caller) => _table.Look(caller, () => Available).Whole;

    /// <summary>Why a caller would be refused blocks now; null where it would not.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="keeps">Whether its share waits for it until it was told to come back.</param>
    public EntropyRefusal? FindShortage(Caller caller, int blocks, bool keeps)
    {
        var level = _table.Look(caller, () => Available);
        return level.Has(blocks) ? pool.FindShortage(blocks) : Refuse(caller, blocks, level, keeps);
    }

    /// <summary>Takes blocks for an answer, or waits until they are there and the caller's.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="take">Takes them from the pool, without waiting.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="gone">Ends the wait.</param>
    /// <returns>Null when taken, otherwise why not.</returns>
    public async ValueTask<EntropyRefusal?> TakeAsync(
        Caller caller,
        int blocks,
        Func<ValueTask<EntropyRefusal?>> take,
        TimeSpan timeout,
        CancellationToken gone
    )
    {
        for (var started = time.GetTimestamp(); ; )
        {
            // Without a seed nobody waits: the pool says why there is none.
            if (!pool.CanServe)
            {
                return await take();
            }

            // Asked for before the look at the share, so that no block comes unnoticed in between.
            var next = pool.NextBlock;
            var granted = _table.TryGrant(caller, blocks, () => Available, out var level);
            if (granted && await TakeGrantedAsync(caller, blocks, take) is var taken && taken is not { Reason: RefusalReason.PoolDry })
            {
                return taken;
            }

            pool.Want(Wanted(blocks, level));
            var left = timeout - time.GetElapsedTime(started);
            if (next is null || left <= TimeSpan.Zero || !await EndsAsync(next, left, gone))
            {
                return Refuse(caller, blocks, _table.Look(caller, () => Available), keeps: true);
            }
        }
    }

    private async ValueTask<EntropyRefusal?> TakeGrantedAsync(Caller caller, int blocks, Func<ValueTask<EntropyRefusal?>> take)
    {
        var isTaken = false;
        try
        {
            var refusal = await take();
            isTaken = refusal is null;
            return refusal;
        }
        finally
        {
            _table.Settle(caller, blocks, isTaken);
        }
    }

    private async ValueTask<bool> EndsAsync(Task next, TimeSpan left, CancellationToken gone)
    {
        try
        {
            await next.WaitAsync(left, time, gone);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // What makes up for what the others get of it.
    private int Wanted(int blocks, ShareLevel level) =>
        (int)Math.Min(_capacity, Available + Math.Ceiling(Math.Max(0, blocks - level.Blocks) * level.Callers));

    private EntropyRefusal Refuse(Caller caller, int blocks, ShareLevel level, bool keeps)
    {
        var dry = pool.FindShortage(blocks);
        if (dry is not null && (dry.Reason != RefusalReason.PoolDry || level.Callers == 1))
        {
            return dry;
        }

        var most = _capacity / level.Callers;
        var wait = blocks > most ? level.OthersFor + TimeFor(blocks) : TimeFor((blocks - level.Blocks) * level.Callers);
        if (dry is null)
        {
            counts.Add(LimitKind.Share);
        }

        wait = TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(wait.TotalSeconds), s_soon.TotalSeconds, s_longest.TotalSeconds));
        if (keeps)
        {
            _table.Keep(caller, wait);
        }

        return new EntropyRefusal(
            RefusalReason.PoolDry,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{level.Callers} callers divide the pool, at most {most} seed blocks each: this one has {level.Whole} of the {blocks} this needs"
            ),
            wait
        );
    }

    private TimeSpan TimeFor(double blocks) =>
        pool.HarvestRate is > 0 and var rate ? TimeSpan.FromSeconds(Math.Min(blocks / rate, s_longest.TotalSeconds)) : s_soon;
}

/// <summary>One caller's way to the pool's seed blocks.</summary>
/// <param name="shares">The shares.</param>
/// <param name="pool">The pool.</param>
/// <param name="caller">The caller.</param>
/// <param name="keeps">Whether it asks for blocks, and so has its share wait for it when it is refused; false where it only wants to know.</param>
internal sealed class CallersBlocks(BlockShares shares, EntropyPool pool, Caller caller, bool keeps)
{
    /// <summary>Blocks that it may take now.</summary>
    public int Backed => shares.BackedFor(caller);

    /// <summary>What a call that takes so many blocks and does not wait would be refused with, as things stand; null where it would not.</summary>
    /// <param name="blocks">Blocks it takes.</param>
    public EntropyRefusal? FindShortage(int blocks) => shares.FindShortage(caller, blocks, keeps);

    /// <summary><see cref="EntropyPool.TryGetLimitedBytesAsync"/>, within the caller's share.</summary>
    /// <param name="destination">Receives the bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="gone">Ends the wait.</param>
    public ValueTask<EntropyRefusal?> TryGetLimitedBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken gone) =>
        shares.TakeAsync(
            caller,
            pool.BlocksOfLimited(destination.Length),
            () => pool.TryGetLimitedBytesAsync(destination, TimeSpan.Zero, gone),
            timeout,
            gone
        );

    /// <summary><see cref="EntropyPool.TryGetFreshBytesAsync"/>, within the caller's share.</summary>
    /// <param name="destination">Receives the bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="gone">Ends the wait.</param>
    public ValueTask<EntropyRefusal?> TryGetFreshBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken gone) =>
        shares.TakeAsync(
            caller,
            pool.BlocksOfFresh(destination.Length),
            () => pool.TryGetFreshBytesAsync(destination, TimeSpan.Zero, gone),
            timeout,
            gone
        );
}
