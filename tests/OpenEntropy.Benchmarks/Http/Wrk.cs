using System.Globalization;
using System.Text.RegularExpressions;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>What a service did under load.</summary>
/// <param name="RequestsPerSecond">By the clock.</param>
/// <param name="BytesPerSecond">By the clock, headers included.</param>
/// <param name="RequestsPerProcessorSecond">By the service's processor time: what a neighbour on the machine cannot take away.</param>
internal sealed record Load(double RequestsPerSecond, double BytesPerSecond, double RequestsPerProcessorSecond);

/// <summary>Load by wrk: one thread, 64 connections that ask again as soon as they are answered.</summary>
internal static partial class Wrk
{
    /// <summary>Connections open at once.</summary>
    public const int Connections = 64;

    /// <summary>Loads one resource.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="seconds">How long.</param>
    /// <exception cref="MeasurementException">wrk is not installed, or an answer was no success.</exception>
    public static async Task<Load> RunAsync(ChildService service, string path, int seconds)
    {
        var processor = service.ProcessorTime;
        var text = await ExternalTool.RunAsync("wrk", "-t1", $"-c{Connections}", $"-d{seconds}s", service.Address(path).AbsoluteUri);
        processor = service.ProcessorTime - processor;
        var totals = Totals().Match(text);
        if (!totals.Success || text.Contains("Non-2xx", StringComparison.Ordinal) || Broken().IsMatch(text))
        {
            throw new MeasurementException($"not every answer to {path} was a success: {text}");
        }

        var requests = Number(totals.Groups["requests"]);
        var elapsed = Number(totals.Groups["time"]) * (totals.Groups["scale"].Value is "m" ? 60 : 1);
        var bytes =
            Number(totals.Groups["bytes"]) * Math.Pow(1024, "BKMGT".IndexOf(totals.Groups["unit"].Value[0], StringComparison.Ordinal));
        return new Load(requests / elapsed, bytes / elapsed, requests / processor.TotalSeconds);
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?<requests>\d+) requests in (?<time>[\d.]+)(?<scale>[sm]), (?<bytes>[\d.]+)(?<unit>[BKMGT])",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Totals();

    // Time-outs alone mean a busy machine; anything else means answers that were cut off.
    [GeneratedRegex(@"Socket errors: (?!connect 0, read 0, write 0,)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Broken();
}
