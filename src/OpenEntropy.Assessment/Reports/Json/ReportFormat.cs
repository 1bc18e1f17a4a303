using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenEntropy.Assessment.Reports.Json;

/// <summary>Writes reports as JSON.</summary>
internal static class ReportFormat
{
    // Nothing here is put into a page: é and ' may stay as they are.
    private static readonly ReportJson s_readable = new(
        new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    /// <summary>The report in UTF-8, with a line feed at its end.</summary>
    /// <exception cref="ArgumentException">A figure is not a number, or infinite and not a test's statistic.</exception>
    public static byte[] Write(AssessmentReport report) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(ReportBody.Of(report), s_readable.ReportBody), (byte)'\n'];
}

/// <summary>How reports become JSON: members in camelCase, all of them always there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    GenerationMode = JsonSourceGenerationMode.Metadata
)]
[JsonSerializable(typeof(ReportBody))]
internal sealed partial class ReportJson : JsonSerializerContext;
