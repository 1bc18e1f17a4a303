using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Bytes;

/// <summary>
/// A gibibyte of <c>openentropy stream</c> through a pipe, whole processes with their start, against <c>cat /dev/zero</c> and <c>openssl rand</c>
/// through the same pipe to the same reader.
/// </summary>
internal static class StreamTimes
{
    private const int Rounds = 7;
    private const double OfCat = 0.7;
    private const double OfOpenSsl = 1;
    private const string Size = "1073741824";

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var program = PublishedProgram.File;
        await CompareAsync(
            report,
            OfCat,
            "1 GiB of stream | head -c, with its start",
            $"\"{program}\" stream | head -c {Size}",
            "cat /dev/zero | head -c",
            $"cat /dev/zero | head -c {Size}"
        );
        await CompareAsync(
            report,
            OfOpenSsl,
            "1 GiB of stream | cat, with its start",
            $"\"{program}\" stream --bytes {Size} | cat",
            "openssl rand | cat",
            $"openssl rand {Size} | cat"
        );
        var first = new List<double>();
        for (var round = 0; round < Rounds; round++)
            first.Add(await SecondsAsync($"\"{program}\" stream --bytes 1"));
        report.Row("stream --bytes 1, whole process", $"{Median.Of(first):0.000} s");
    }

    private static async Task CompareAsync(Report report, double least, string what, string ours, string comparison, string theirs)
    {
        var pairs = await Pairs<double>.MeasureAsync(Rounds, () => SecondsAsync(ours), () => SecondsAsync(theirs));
        var ratio = 1 / pairs.Ratio(seconds => seconds);
        report.Judged(
            ratio,
            Bound.AtLeast(least),
            what,
            $"{pairs.OursMedian(seconds => seconds):0.00} s",
            $"{comparison} {pairs.TheirsMedian(seconds => seconds):0.00} s",
            $"{ratio:0.00} ×"
        );
    }

    private static async Task<double> SecondsAsync(string pipe) => (await ChildRun.RunAsync("sh", "-c", $"{pipe} > /dev/null")).WallSeconds;
}
