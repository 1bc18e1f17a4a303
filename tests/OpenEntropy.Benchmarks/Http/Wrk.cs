using System.Globalization;
using System.Text.RegularExpressions;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Load by wrk: a thread for each processor, connections that ask again as soon as they are answered.</summary>
internal static partial class Wrk
{
    /// <summary>Connections open at once, where nothing else is said.</summary>
    public const int Connections = 64;

    private const double MillisecondsPerSecond = 1000;

    /// <summary>Loads one resource.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="connections">How many are open at once.</param>
    /// <exception cref="MeasurementException">wrk is not installed, or an answer was no success.</exception>
    public static async Task<Load> RunAsync(ChildService service, string path, int seconds, int connections = Connections)
    {
        var processor = service.ProcessorTime;
        string[] header = service.Header is { } sent ? ["-H", sent] : [];
        var text = await ExternalTool.RunAsync(
            "wrk",
            [
                "--latency",
                $"-t{Environment.ProcessorCount}",
                $"-c{connections}",
                $"-d{seconds}s",
                .. header,
                service.Address(path).AbsoluteUri,
            ]
        );
        processor = service.ProcessorTime - processor;
        var totals = Totals().Match(text);
        var tail = Tail().Match(text);
        var broken = Broken().Match(text);
        if (!totals.Success || !tail.Success || text.Contains("Non-2xx", StringComparison.Ordinal) || IsCutOff(broken))
        {
            throw new MeasurementException($"not every answer to {path} was a success: {text}");
        }

        var requests = Number(totals.Groups["requests"]);
        var elapsed = Seconds(totals);
        var bytes =
            Number(totals.Groups["bytes"]) * Math.Pow(1024, "BKMGT".IndexOf(totals.Groups["unit"].Value[0], StringComparison.Ordinal));
        return new Load(
            requests,
            requests / elapsed,
            bytes / elapsed,
            requests / processor.TotalSeconds,
            Seconds(tail) * MillisecondsPerSecond,
            broken.Success ? Number(broken.Groups["timeout"]) : 0
        );
    }

    // Time-outs alone mean a busy machine; anything else means answers that were cut off.
    private static bool IsCutOff(Match broken) => broken.Success && broken.Groups["cut"].Captures.Any(each => each.Value is not "0");

    private static double Seconds(Match match) =>
        Number(match.Groups["time"])
        * match.Groups["scale"].Value switch
        {
            "us" => 1e-6,
            "ms" => 1e-3,
            "m" => 60,
            _ => 1,
        };

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?<requests>\d+) requests in (?<time>[\d.]+)(?<scale>m?s|m), (?<bytes>[\d.]+)(?<unit>[BKMGT])",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Totals();

    [GeneratedRegex(@"^ +99% +(?<time>[\d.]+)(?<scale>[um]?s|m)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Tail();

    [GeneratedRegex(
        @"Socket errors: connect (?<cut>\d+), read (?<cut>\d+), write (?<cut>\d+), timeout (?<timeout>\d+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Broken();
}
