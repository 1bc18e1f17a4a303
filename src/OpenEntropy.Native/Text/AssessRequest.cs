using System.Text.Json;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;

namespace OpenEntropy.Native.Text;

/// <summary>What is asked of an assessment. What is left out keeps the default of <see cref="ReportOptions"/>.</summary>
internal sealed class AssessRequest
{
    private static readonly (string Name, ReportSuites Suite)[] s_suites =
    [
        ("non_iid", ReportSuites.NonIid),
        ("iid", ReportSuites.Iid),
        ("sp800_22", ReportSuites.Sp80022),
        ("further", ReportSuites.Further),
        ("quick", ReportSuites.Quick),
        ("all", ReportSuites.All),
    ];

    private static readonly (string Name, RecordingKind Kind)[] s_kinds =
    [
        ("raw", RecordingKind.Raw),
        ("conditioned", RecordingKind.Conditioned),
        ("output", RecordingKind.Output),
    ];

    public string[]? Suites { get; set; }

    public string? Kind { get; set; }

    public int? Bits { get; set; }

    public bool Conditioned { get; set; }

    public int? Threads { get; set; }

    /// <summary>The report on samples, as JSON in UTF-8.</summary>
    /// <param name="json">What is asked, UTF-8; empty: the defaults.</param>
    /// <param name="samples">The samples, one a byte.</param>
    public static byte[] Report(ReadOnlySpan<byte> json, ReadOnlySpan<byte> samples) =>
        AssessmentReport.Of(samples, (json.IsEmpty ? new AssessRequest() : Parse(json)).ToOptions()).ToJson();

    private ReportOptions ToOptions()
    {
        var defaults = new ReportOptions();
        return new ReportOptions
        {
            Suites = Suites?.Aggregate(ReportSuites.None, (all, name) => all | Named(name, s_suites, "Suites")),
            Kind = Kind is null ? null : Named(Kind, s_kinds, "Kind"),
            SymbolBits = Bits is null or (>= 1 and <= SampleSet.MaximumSymbolBits)
                ? Bits
                : throw new EntropyConfigurationException("Bits", $"is {Bits}, and can be 1 to {SampleSet.MaximumSymbolBits}"),
            Conditioned = Conditioned,
            Parallelism = Threads is null or (>= 1 and <= Assessment.NonIid.NonIidOptions.MaximumParallelism)
                ? Threads ?? defaults.Parallelism
                : throw new EntropyConfigurationException(
                    "Threads",
                    $"is {Threads}, and can be 1 to {Assessment.NonIid.NonIidOptions.MaximumParallelism}"
                ),
        };
    }

    private static T Named<T>(string name, (string Name, T Value)[] choices, string key)
    {
        foreach (var (known, value) in choices)
        {
            if (known == name)
                return value;
        }

        throw new EntropyConfigurationException(key, $"is '{name}', and can be {string.Join(", ", choices.Select(choice => choice.Name))}");
    }

    private static AssessRequest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RequestJson.Default.AssessRequest)
                ?? throw new EntropyConfigurationException("options", "null is no object");
        }
        catch (JsonException exception)
        {
            throw new EntropyConfigurationException("options", exception.Message);
        }
    }
}
