using System.Diagnostics;
using OpenEntropy.SelfTests;
using OpenEntropy.Server.Bundles;

namespace OpenEntropy.Server.SelfTests;

/// <summary>Outcomes of self-tests, as they are shown.</summary>
internal static class SelfTestOutcomes
{
    /// <summary>What a test gates without which no random byte is given.</summary>
    public const string Output = "output";

    /// <summary>What a test gates without which no key is made.</summary>
    public const string Keys = "bundles";

    private static readonly Dictionary<string, string> s_algorithms = new(StringComparer.Ordinal)
    {
        ["ml-kem-768"] = "FIPS 203",
        ["ml-dsa-65"] = "FIPS 204",
        ["falcon-512"] = "Falcon, round 3 specification",
        ["kyber512-round3"] = "CRYSTALS-Kyber, round 3 specification",
    };

    /// <summary>Those of the post-quantum algorithms before they are run.</summary>
    public static IEnumerable<SelfTestBody> OfAlgorithmsNotRun => s_algorithms.Select(each => NotRun(each.Key, each.Value, Keys));

    /// <summary>Runs one that gates output.</summary>
    /// <param name="test">The test.</param>
    /// <param name="isMisled">Compare with a wrong answer.</param>
    /// <param name="now">The time.</param>
    public static SelfTestBody Run(KnownAnswerTest test, bool isMisled, DateTimeOffset now)
    {
        var start = Stopwatch.GetTimestamp();
        var passes = test.Passes(isMisled, out var detail);
        return NotRun(test.Name, test.Standard, Output) with
        {
            Outcome = passes ? SelfTestBoard.Passed : SelfTestBoard.Failed,
            Detail = detail,
            Microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds,
            Time = now,
        };
    }

    /// <summary>The outcome of one of a post-quantum algorithm.</summary>
    /// <param name="check">The outcome.</param>
    /// <param name="now">When it was run.</param>
    public static SelfTestBody Of(CheckBody check, DateTimeOffset now) =>
        NotRun(check.Name, s_algorithms.GetValueOrDefault(check.Name, ""), Keys) with
        {
            Outcome = check.Ok ? SelfTestBoard.Passed : SelfTestBoard.Failed,
            Detail = check.Ok ? null : check.Detail,
            Microseconds = check.Elapsed.TotalMicroseconds,
            Time = now,
        };

    private static SelfTestBody NotRun(string name, string standard, string gates) =>
        new()
        {
            Name = name,
            Standard = standard,
            Gates = gates,
            Outcome = SelfTestBoard.NotRun,
            Detail = null,
            Microseconds = null,
            Time = null,
        };
}
