using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Drbg;

namespace OpenEntropy.Benchmarks;

/// <summary>
/// What one generator gives on one core, with 32 bytes of additional input by <see cref="OsRandom"/> to every call, against
/// <c>openssl speed -evp aes-256-ctr</c> of the same block size in the same run, in turns so that both see the same machine. Seconds are
/// of processor time: openssl counts its user time, so on a busy core wall time would count the neighbours against us alone. Ours is user
/// and system time, since the system call is part of the work.
/// </summary>
internal static class DrbgThroughput
{
    private const int Turns = 3;
    private static readonly TimeSpan TurnLength = TimeSpan.FromSeconds(2);

    /// <summary>Measures and prints: bytes per second of each, their ratio, and the time of a call of 32 bytes.</summary>
    public static void Run()
    {
        Measure(CtrDrbg.MaximumRequestBytes, TurnLength); // compiles the code
        double ours = 0;
        double theirs = 0;
        for (var turn = 0; turn < Turns; turn++)
        {
            ours = Math.Max(ours, Measure(CtrDrbg.MaximumRequestBytes, TurnLength));
            theirs = Math.Max(theirs, MeasureOpenSsl());
        }
        var small = Measure(32, TurnLength);
        Console.WriteLine($"AES: {Aes256Counter.Fastest.GetType().Name}; best of {Turns} turns of {TurnLength.TotalSeconds:0} s");
        Console.WriteLine($"CTR_DRBG, 65,536-byte calls: {ours / 1e9:0.00} GB/s");
        Console.WriteLine($"openssl aes-256-ctr, 65,536-byte calls: {theirs / 1e9:0.00} GB/s");
        Console.WriteLine($"ratio: {ours / theirs:0.00} (required: 0.6)");
        Console.WriteLine($"CTR_DRBG, 32-byte calls: {32 / small * 1e9:0} ns each");
    }

    private static double Measure(int requestBytes, TimeSpan length)
    {
        using var drbg = new CtrDrbg();
        Span<byte> seed = stackalloc byte[CtrDrbg.SeedBytes];
        Span<byte> additional = stackalloc byte[32];
        var output = new byte[requestBytes];
        OsRandom.Fill(seed);
        drbg.Instantiate(seed, []);
        var wall = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        long bytes = 0;
        while (Stopwatch.GetElapsedTime(wall) < length)
        {
            for (var call = 0; call < 64; call++)
            {
                OsRandom.Fill(additional);
                drbg.Generate(output, additional);
            }
            bytes += 64L * requestBytes;
        }
        return bytes / (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
    }

    /// <summary>Bytes per second; the last field of openssl's last line is thousands of bytes per second with a k behind.</summary>
    private static double MeasureOpenSsl()
    {
        var arguments = $"speed -evp aes-256-ctr -bytes {CtrDrbg.MaximumRequestBytes} -seconds {TurnLength.TotalSeconds:0}";
        var start = new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("openssl did not start.");
        process.ErrorDataReceived += (_, _) => { }; // progress; read so that it cannot fill the pipe
        process.BeginErrorReadLine();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(text.TrimEnd().Split(' ')[^1].TrimEnd('k'), CultureInfo.InvariantCulture) * 1000;
    }
}
