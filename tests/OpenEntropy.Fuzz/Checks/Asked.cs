using System.Globalization;
using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>
/// A request to <c>/api/v1/random</c>, or in the ANU dialects, as the API reference has it, written a second time and without the service's code, so that where the two
/// disagree one of them is wrong.
/// </summary>
/// <param name="Length">Elements or bytes.</param>
/// <param name="Type">Of the elements.</param>
/// <param name="Size">Of the elements.</param>
/// <param name="Format">Of the body.</param>
/// <param name="Output">drbg, limited, raw or vonneumann.</param>
/// <param name="Fresh">Whether a reseed comes first.</param>
/// <param name="Timeout">Seconds.</param>
/// <param name="Source">The selection; null for none.</param>
/// <param name="Receipt">Whether there is a receipt.</param>
/// <param name="Rate">Bytes per second; 0 for none.</param>
internal sealed record Asked(
    long Length,
    string Type,
    int Size,
    string Format,
    string Output,
    bool Fresh,
    int Timeout,
    string? Source,
    bool Receipt,
    long Rate
)
{
    private const long LongestShort = 1 << 20;

    /// <summary>Whether <see cref="Length"/> counts bytes.</summary>
    public bool CountsBytes => Format is "bytes" or "hex" or "base64";

    /// <summary>Whether the answer is counted as a stream.</summary>
    public bool LastsLong => Rate > 0 || (CountsBytes && Length > LongestShort);

    /// <summary>Whether raw samples are asked for.</summary>
    public bool ReadsRaw => Output is "raw" or "vonneumann";

    /// <summary>Random bytes in an element.</summary>
    public int ElementBytes =>
        Type switch
        {
            "uint8" => 1,
            "uint16" => 2,
            "hex8" => Size,
            _ => 2 * Size,
        };

    /// <summary>Reads a query string.</summary>
    /// <param name="route">Whose it is.</param>
    /// <param name="query">The query string.</param>
    /// <param name="accepted">The body's format where the query names none.</param>
    /// <param name="limits">The limits in force.</param>
    /// <param name="status">200 where it stands, otherwise 400 or 403.</param>
    /// <returns>Null unless it stands.</returns>
    public static Asked? Read(Route route, string query, string accepted, Limits limits, out int status)
    {
        status = 400;
        if (QueryText.Read(route, query) is not { } values)
            return null;

        var output = values.GetValueOrDefault("conditioning", "drbg");
        output = values.GetValueOrDefault("raw") == "true" ? "raw" : output.Replace("sha256", "drbg", StringComparison.Ordinal);
        var format = values.GetValueOrDefault("format", accepted);
        var type = values.GetValueOrDefault("type", "hex16");
        var asked = new Asked(
            long.TryParse(values.GetValueOrDefault("length", "1024"), CultureInfo.InvariantCulture, out var length)
                ? length
                : long.MaxValue,
            route == RouteTable.OlderAnu && type == "hex16" ? "hex8" : type, // there its size counts bytes
            int.Parse(values.GetValueOrDefault("size", "1"), CultureInfo.InvariantCulture),
            format,
            output,
            values.GetValueOrDefault("fresh") == "true",
            int.Parse(values.GetValueOrDefault("timeout", output is "raw" or "vonneumann" ? "10" : "0"), CultureInfo.InvariantCulture),
            values.GetValueOrDefault("source"),
            format == "jose" || values.GetValueOrDefault("receipt") == "true",
            long.Parse(values.GetValueOrDefault("rate", "0"), CultureInfo.InvariantCulture)
        );
        if (asked.IsContradictory(values) || !asked.IsWithin(limits))
            return null;
        status = asked.ReadsRaw && !limits.AllowRaw ? 403 : 200;
        return status == 200 ? asked : null;
    }

    private bool IsContradictory(IReadOnlyDictionary<string, string> values) =>
        (
            values.TryGetValue("raw", out var raw)
            && values.TryGetValue("conditioning", out var conditioning)
            && raw == "true" != (conditioning == "raw")
        )
        || (CountsBytes ? values.ContainsKey("type") || values.ContainsKey("size") : Type is "uint8" or "uint16" && Size != 1)
        || (Source is not null && !ReadsRaw)
        || (Fresh && Output != "drbg")
        || (Receipt && Format is not ("json" or "jose"))
        || (Format == "jose" && values.GetValueOrDefault("receipt") == "false")
        || (Rate > 0 && !CountsBytes);

    private bool IsWithin(Limits limits) =>
        CountsBytes ? Length <= limits.MaxBytes : Length <= limits.MaxLength && Length * ElementBytes <= limits.MaxJsonBytes;
}
