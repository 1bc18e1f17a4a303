using System.Text.Json.Nodes;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Report;

/// <summary>A source, or the output of a pool, with what is to be said of its bytes.</summary>
/// <param name="Trial">What the source gave; null of output.</param>
/// <param name="Assessment">The report on it; null where there is none.</param>
/// <param name="Why">Why there is none; null where there is.</param>
internal sealed record SourceReport(TrialResult? Trial, AssessmentReport? Assessment, string? Why)
{
    /// <summary>Assesses what a source gave.</summary>
    public static SourceReport Of(TrialResult trial, ReportOptions options)
    {
        if (trial.Samples.Length == 0)
            return new SourceReport(trial, Assessment: null, trial.Why);
        var (report, why) = Try(trial.Samples, options);
        return new SourceReport(trial, report, why);
    }

    /// <summary>Tests output.</summary>
    public static SourceReport Of(byte[] output, ReportOptions options)
    {
        var (report, why) = Try(output, options);
        return new SourceReport(Trial: null, report, why);
    }

    /// <summary>The same for a program; the report itself is what <c>analyze --format json</c> writes.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Trial is { Info: { } info })
        {
            json["name"] = info.Name;
            json["category"] = SourceSelection.CategoryName(info.Category);
            json["samples"] = Trial.Samples.Length;
            json["samples_per_second"] = Trial.SamplesPerSecond;
            json["claimed_min_entropy"] = Trial.ClaimedMinEntropy;
            json["assessed_min_entropy"] = Assessment?.NonIid?.MinEntropy;
            json["failures"] = Trial.Status?.Failures.Values.Sum() ?? 0;
        }

        json["reason"] = Why ?? Trial?.Why;
        json["report"] = Assessment is null ? null : JsonNode.Parse(Assessment.ToJson());
        return json;
    }

    private static (AssessmentReport? Report, string? Why) Try(byte[] bytes, ReportOptions options)
    {
        try
        {
            return (AssessmentReport.Of(bytes, options), null);
        }
        catch (AssessmentInputException exception)
        {
            return (null, exception.Message);
        }
    }
}
