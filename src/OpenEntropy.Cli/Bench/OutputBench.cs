using System.Diagnostics;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Pools;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Bench;

/// <summary>Measures how quickly a pool gives bytes to one reader.</summary>
/// <param name="console">Where the pool comes from, and progress goes.</param>
/// <param name="time">How long each way is measured.</param>
internal sealed class OutputBench(CommandConsole console, TimeSpan time)
{
    private const int DrbgPiece = 1 << 20;
    private const int RawPiece = 16;

    /// <summary>Seed blocks with which measuring begins.</summary>
    private const int FirstBlocks = 16;

    /// <summary>How long a first seed is waited for.</summary>
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(15);

    /// <summary>Measures one way after the other on one pool.</summary>
    /// <param name="sources">The selection.</param>
    /// <param name="ways">The ways.</param>
    /// <param name="end">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<IReadOnlyList<BenchedOutput>> RunAsync(string sources, IReadOnlyList<OutputQuality> ways, CancellationToken end)
    {
        var asked = ways.Where(way => way != OutputQuality.None).Distinct().ToList();
        if (asked.Count == 0)
            return [];
        await using var pool = LocalPool.Create(sources, console.CreatePool, static _ => { });
        _ = pool.RunAsync(CancellationToken.None); // how it ends is in its status
        await PoolFilling.WaitAsync(
            pool,
            console,
            status => status.BlocksAvailable >= Math.Min(FirstBlocks, status.Capacity) || status.State == PoolState.Unhealthy,
            s_start,
            end
        );
        var outputs = new List<BenchedOutput>();
        var progress = new ProgressLine(console);
        foreach (var way in asked)
        {
            progress.Show(
                $"output: {way.ToString().ToLowerInvariant()}, about {time.TotalSeconds * (asked.Count - outputs.Count):0.#} s left"
            );
            outputs.Add(
                way switch
                {
                    OutputQuality.Drbg => Drbg(pool, end),
                    OutputQuality.Limited => await LimitedAsync(pool, end),
                    _ => await RawAsync(pool, end),
                }
            );
            progress.Clear();
        }

        return outputs;
    }

    private BenchedOutput Drbg(EntropyPool pool, CancellationToken end)
    {
        var bytes = new byte[DrbgPiece];
        var start = Stopwatch.GetTimestamp();
        var given = 0L;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            end.ThrowIfCancellationRequested();
            if (pool.TryGetBytes(bytes) is { } refusal)
                return Of("drbg", given, start, refusal);
            given += bytes.Length;
        }

        return Of("drbg", given, start);
    }

    /// <summary>What comes after the pool was emptied: before, the stock would be measured and not the harvest.</summary>
    private async Task<BenchedOutput> LimitedAsync(EntropyPool pool, CancellationToken end)
    {
        var stock = new byte[pool.MaximumLimitedBytes];
        while (pool.BackedBytes is var backed and > 0 && backed <= stock.Length)
        {
            if (await pool.TryGetLimitedBytesAsync(stock.AsMemory(0, (int)backed), TimeSpan.Zero, end) is not null)
                break;
        }

        var block = new byte[pool.BlockBytes];
        var start = Stopwatch.GetTimestamp();
        return await GivenAsync("limited", block.Length, start, left => pool.TryGetLimitedBytesAsync(block, left, end));
    }

    private async Task<BenchedOutput> RawAsync(EntropyPool pool, CancellationToken end)
    {
        var start = Stopwatch.GetTimestamp();
        if (!pool.TrySelectRaw(selection: null, out var members, out var error))
            return new BenchedOutput("raw", 0, 0, 0, error);
        if (members.Count == 0)
            return new BenchedOutput("raw", 0, 0, 0, "no selected source may be served raw");
        var piece = new byte[RawPiece];
        var output = await GivenAsync("raw", piece.Length, start, left => pool.TryGetRawAsync(members, piece, left, end));
        return output.Bytes > 0 || members.Count == 1
            ? output
            : output with
            {
                Reason = $"not each of these {members.Count} sources gave {piece.Length} samples in {time.TotalSeconds:0.##} s",
            };
    }

    /// <summary>Counts pieces that were given until the time is over.</summary>
    private async Task<BenchedOutput> GivenAsync(string way, int piece, long start, Func<TimeSpan, ValueTask<EntropyRefusal?>> get)
    {
        var given = 0L;
        while (time - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            if (await get(left) is { } refusal)
                return Of(way, given, start, given > 0 ? null : refusal);
            given += piece;
        }

        return Of(way, given, start);
    }

    private static BenchedOutput Of(string way, long bytes, long start, EntropyRefusal? refusal = null)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new BenchedOutput(way, bytes, seconds, bytes / seconds, refusal?.Message);
    }
}
