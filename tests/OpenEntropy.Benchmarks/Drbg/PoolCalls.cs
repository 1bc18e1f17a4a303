using System.Security.Cryptography;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Drbg;

/// <summary>
/// What a caller of the library sees: short and long calls of <see cref="EntropyPool.TryGetBytes"/>, while the harvest trickles, against the
/// generator of the operating system.
/// </summary>
internal static class PoolCalls
{
    private const int Rounds = 5;
    private const double RoundSeconds = 0.5;
    private const int SmallBytes = 32;
    private const int LargeBytes = 1 << 20;

    private delegate void Fill(Span<byte> destination);

    /// <summary>Measures both lengths.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        await using var pool = EntropyPool.Start(FullPool.Options());
        await FullPool.WaitAsync(pool);
        void Ours(Span<byte> destination)
        {
            if (pool.TryGetBytes(destination) is { } refusal)
            {
                throw new MeasurementException(refusal.Message);
            }
        }

        var small = await CompareAsync(Ours, SmallBytes, callsBetweenLooks: 4096);
        report.Row(
            "EntropyPool.TryGetBytes, 32 bytes",
            $"{small.OursMedian(seconds => seconds) * 1e9:0} ns CPU",
            $"RandomNumberGenerator.Fill {small.TheirsMedian(seconds => seconds) * 1e9:0} ns",
            $"{small.Ratio(seconds => seconds):0.00}"
        );
        var large = await CompareAsync(Ours, LargeBytes, callsBetweenLooks: 8);
        report.Row(
            "EntropyPool.TryGetBytes, 1 MiB",
            $"{LargeBytes / large.OursMedian(seconds => seconds) / 1e9:0.00} GB/CPU s",
            $"RandomNumberGenerator.Fill {LargeBytes / large.TheirsMedian(seconds => seconds) / 1e9:0.00} GB/CPU s",
            $"{1 / large.Ratio(seconds => seconds):0.00}"
        );
    }

    private static Task<Pairs<double>> CompareAsync(Fill ours, int bytes, int callsBetweenLooks)
    {
#pragma warning disable RS0030 // the comparison, whose bytes nobody uses
        Fill theirs = RandomNumberGenerator.Fill;
#pragma warning restore RS0030
        Measure(ours, bytes, callsBetweenLooks); // compiles the code
        return Pairs<double>.MeasureAsync(
            Rounds,
            () => Task.FromResult(Measure(ours, bytes, callsBetweenLooks)),
            () => Task.FromResult(Measure(theirs, bytes, callsBetweenLooks))
        );
    }

    /// <summary>Seconds of processor time for one call.</summary>
    private static double Measure(Fill fill, int bytes, int callsBetweenLooks)
    {
        var destination = new byte[bytes];
        var spent = Spent.Start();
        long calls = 0;
        while (spent.WallSeconds < RoundSeconds)
        {
            for (var call = 0; call < callsBetweenLooks; call++)
            {
                fill(destination);
            }

            calls += callsBetweenLooks;
        }

        return spent.ProcessorSeconds / calls;
    }
}
