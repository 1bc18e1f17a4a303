using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>What is said of the chosen source in words and figures, most important first.</summary>
internal static class DetailText
{
    /// <summary>Label and text of each line.</summary>
    /// <param name="source">The source.</param>
    /// <param name="rate">Samples it gave per second lately; null where that is not known.</param>
    public static IEnumerable<(string Label, string Text)> Lines(SourceBody source, double? rate)
    {
        yield return ("failures", Counts(source.FailuresByTest));
        yield return ("rates", Rate(source, rate));
        yield return ("samples", Samples(source));
        yield return ("entropy", Entropy(source));
        yield return ("claim", Claim(source));
        yield return ("cutoffs", Cutoffs(source));
        if (source.FalseAlarmIntervalSeconds is { } alarm)
            yield return ("alarm", $"a false one in {FigureText.Time(alarm)}");
        yield return ("dropped", Some(source.DroppedBytes));
        if (source.LastFailure is { } failure)
            yield return ("latest", $"{FigureText.Moment(failure.Time)} {failure.Reason}");
    }

    private static string Rate(SourceBody source, double? rate)
    {
        var lately = rate is { } known ? $"{FigureText.Short(known)}/s now" : "now: not known yet";
        return $"{lately}, {FigureText.Short(source.SamplesPerSecond)}/s while collecting";
    }

    private static string Samples(SourceBody source) =>
        $"{FigureText.Whole(source.Bytes)}; {FigureText.Short(source.CreditedBits)} bits credited, {FigureText.Short(source.CreditedBitsPerSecond)}/s";

    private static string Entropy(SourceBody source) =>
        source.Bytes == 0
            ? "no samples yet"
            : $"Shannon {FigureText.Bits(source.Entropy)}, min {FigureText.Bits(source.MinEntropy)}, collision {FigureText.Bits(source.CollisionEntropy)}";

    private static string Claim(SourceBody source)
    {
        var claim =
            source.ClaimedMinEntropy > 0 ? $"{FigureText.Short(source.ClaimedMinEntropy)} bits per sample" : "none: it earns nothing";
        var lowered = source.LoweredBy is { } by ? $", lowered by an assessment of {FigureText.Short(by)}" : "";
        var assessed = source.AssessedMinEntropy is { } bits ? $", assessed {FigureText.Short(bits)}" : ", not assessed";
        return claim + lowered + assessed;
    }

    private static string Cutoffs(SourceBody source) =>
        source.Cutoffs is not { } cutoffs
            ? "none: watched for total failure only"
            : $"rct {cutoffs.RepetitionIntermittent}/{cutoffs.RepetitionPermanent}, "
                + $"apt {cutoffs.ProportionIntermittent}/{cutoffs.ProportionPermanent} of {cutoffs.Window}";

    private static string Some(IReadOnlyDictionary<string, long> counts) =>
        counts.Any(each => each.Value > 0) ? Counts(counts.Where(each => each.Value > 0)) : "none";

    private static string Counts(IEnumerable<KeyValuePair<string, long>> counts) =>
        string.Join(", ", counts.Select(each => $"{FigureText.Words(each.Key)} {FigureText.Whole(each.Value)}"));
}
