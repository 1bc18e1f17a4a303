using OpenEntropy.Cli.Running;
using OpenEntropy.Health;

namespace OpenEntropy.Cli.Bytes;

/// <summary>Bytes of one quality out of the engine of this process.</summary>
/// <param name="pool">It harvests.</param>
/// <param name="quality">What is given.</param>
/// <param name="sources">The selection, whose raw samples are given.</param>
/// <param name="time">The clock.</param>
internal sealed class PoolBytes(EntropyPool pool, OutputQuality quality, string sources, TimeProvider time)
{
    private static readonly TimeSpan s_startPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>Bytes that one call is best asked for: what the processor's cache holds, a few blocks, or a moment's samples.</summary>
    public int Portion { get; } = quality == OutputQuality.Drbg ? 128 * 1024 : 384;

    /// <summary>Called, once, where there is too little for a first seed: whoever holds sources back then lets them begin.</summary>
    public Action? Short { get; set; }

    /// <summary>Called, once until bytes come again, where none come for now: they are then waited for without end. Null: that is a failure.</summary>
    public Action<string>? Paused { get; set; }

    /// <summary>How long one portion may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    private IReadOnlyList<string>? _members;
    private bool _gave;

    /// <summary>Fills.</summary>
    /// <param name="destination">At most <see cref="Portion"/> bytes but of <see cref="OutputQuality.Drbg"/>.</param>
    /// <param name="end">Ends the wait.</param>
    /// <exception cref="CommandFailureException">Nothing can be given.</exception>
    public async ValueTask FillAsync(Memory<byte> destination, CancellationToken end)
    {
        var refusal = await GetAsync(destination, end);
        for (var isTold = false; refusal is not null && Paused is { } paused && MayPass(refusal.Reason); isTold = true)
        {
            if (!isTold)
                paused(Sentence(refusal.Message));
            await Task.Delay(s_look, time, end);
            refusal = await GetAsync(destination, end);
        }

        if (refusal is not null)
            throw new CommandFailureException(Sentence(refusal.Message), _gave ? ExitCodes.BrokenOff : ExitCodes.Unavailable);
        _gave = true;
    }

    private ValueTask<EntropyRefusal?> GetAsync(Memory<byte> destination, CancellationToken end) =>
        quality switch
        {
            OutputQuality.Drbg => DrbgAsync(destination, end),
            OutputQuality.Limited => LimitedAsync(destination, end),
            _ => RawAsync(destination, end),
        };

    /// <summary>Whether bytes may come yet. A start that takes longer than it may is a failure.</summary>
    private bool MayPass(RefusalReason reason) =>
        reason is RefusalReason.PoolDry or RefusalReason.SeedTooOld or RefusalReason.SourceSlow
        || (reason == RefusalReason.Starting && _gave);

    private async ValueTask<EntropyRefusal?> DrbgAsync(Memory<byte> destination, CancellationToken end)
    {
        var refusal = pool.TryGetBytes(destination.Span);
        for (var start = time.GetTimestamp(); refusal?.Reason == RefusalReason.Starting && time.GetElapsedTime(start) < Patience; )
        {
            await pool.Parts.Pool.WaitAsync(1, s_look, end);
            refusal = pool.TryGetBytes(destination.Span);
        }

        if (refusal is null || Short is not { } begin)
            return refusal;
        Short = null;
        begin();
        return await DrbgAsync(destination, end);
    }

    private async ValueTask<EntropyRefusal?> LimitedAsync(Memory<byte> destination, CancellationToken end)
    {
        // The first seed, before which no block is taken for output.
        if (!_gave && await DrbgAsync(Memory<byte>.Empty, end) is { } starting)
            return starting;
        return await pool.TryGetLimitedBytesAsync(destination, Patience, end);
    }

    private async ValueTask<EntropyRefusal?> RawAsync(Memory<byte> destination, CancellationToken end)
    {
        _members ??= await MembersAsync(end);
        return await pool.TryGetRawAsync(_members, destination, Patience, end);
    }

    /// <summary>Which sources are fast, or fit to be combined, is known once their start-up tests are over.</summary>
    private async ValueTask<IReadOnlyList<string>> MembersAsync(CancellationToken end)
    {
        var start = time.GetTimestamp();
        while (pool.Status.Sources.Any(source => source.State == SourceState.Starting) && time.GetElapsedTime(start) < s_startPatience)
            await Task.Delay(s_look, time, end);
        return pool.TrySelectRaw(sources, out var members, out var error)
            ? members
            : throw new CommandFailureException(Sentence(error!), ExitCodes.Unavailable);
    }

    private static string Sentence(string clause) => char.ToUpperInvariant(clause[0]) + clause[1..].TrimEnd('.') + ".";
}
