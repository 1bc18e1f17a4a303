using System.Globalization;
using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Drbg;

namespace OpenEntropy.Benchmarks.Drbg;

/// <summary>
/// What one generator gives on one core, with 32 bytes of additional input by <see cref="OsRandom"/> to every call, against
/// <c>openssl speed -evp aes-256-ctr</c> of the same block size. Seconds are of processor time: openssl counts its user time, so on a busy
/// core wall time would count the neighbours against us alone. Ours is user and system time, since the system call is part of the work.
/// </summary>
internal static class DrbgThroughput
{
    private const int Rounds = 5;
    private const int CallsBetweenLooks = 64;
    private const double RoundSeconds = 1;
    private const double Giga = 1e9;

    /// <summary>Measures bytes per second of each.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        Measure(); // compiles the code
        var pairs = await Pairs<double>.MeasureAsync(Rounds, () => Task.FromResult(Measure()), MeasureOpenSslAsync);
        report.Row(
            $"CTR_DRBG, 65,536-byte calls ({Aes256Counter.Fastest.GetType().Name})",
            $"{pairs.OursMedian(bytes => bytes) / Giga:0.00} GB/CPU s",
            $"openssl aes-256-ctr {pairs.TheirsMedian(bytes => bytes) / Giga:0.00} GB/CPU s",
            $"{pairs.Ratio(bytes => bytes):0.00}",
            "at least 0.6"
        );
    }

    private static double Measure()
    {
        using var drbg = new CtrDrbg();
        Span<byte> seed = stackalloc byte[CtrDrbg.SeedBytes];
        Span<byte> additional = stackalloc byte[32];
        var output = new byte[CtrDrbg.MaximumRequestBytes];
        OsRandom.Fill(seed);
        drbg.Instantiate(seed, []);
        var spent = Spent.Start();
        long bytes = 0;
        while (spent.WallSeconds < RoundSeconds)
        {
            for (var call = 0; call < CallsBetweenLooks; call++)
            {
                OsRandom.Fill(additional);
                drbg.Generate(output, additional);
            }

            bytes += CallsBetweenLooks * output.Length;
        }

        return bytes / spent.ProcessorSeconds;
    }

    /// <summary>Bytes per second; the last field of openssl's last line is thousands of bytes per second with a k behind.</summary>
    private static async Task<double> MeasureOpenSslAsync()
    {
        string[] arguments = ["speed", "-evp", "aes-256-ctr", "-bytes", $"{CtrDrbg.MaximumRequestBytes}", "-seconds", $"{RoundSeconds:0}"];
        var text = await ExternalTool.RunAsync("openssl", arguments);
        return double.TryParse(text.TrimEnd().Split(' ')[^1].TrimEnd('k'), CultureInfo.InvariantCulture, out var thousands)
            ? thousands * 1000
            : throw new MeasurementException("the last line of openssl speed ends in no figure");
    }
}
