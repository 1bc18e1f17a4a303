using System.Buffers;
using System.Globalization;

namespace OpenEntropy.Server.Metrics;

/// <summary>Names, numbers and escapes of Prometheus' text format.</summary>
internal static class PrometheusNames
{
    private static readonly SearchValues<char> s_valid = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
    );

    private static readonly SearchValues<char> s_escaped = SearchValues.Create("\\\"\n");

    /// <summary>
    /// The family's name: characters outside <c>[a-zA-Z0-9_]</c> become underscores, the unit is appended in full, and a counter ends in <c>_total</c>.
    /// A name that carries its suffix already is left alone.
    /// </summary>
    /// <param name="name">The instrument's name.</param>
    /// <param name="unit">Its unit in UCUM's spelling, or empty.</param>
    /// <param name="isCounter">Whether it only ever grows.</param>
    public static string Family(string name, string? unit, bool isCounter)
    {
        var family = Sanitize(name);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" when !isCounter => "_ratio",
            _ => "",
        };
        if (isCounter && family.EndsWith("_total", StringComparison.Ordinal))
        {
            family = family[..^"_total".Length];
        }

        return (family.EndsWith(suffix, StringComparison.Ordinal) ? family : family + suffix) + (isCounter ? "_total" : "");
    }

    /// <summary>A metric's or label's name with every other character replaced by an underscore.</summary>
    /// <param name="name">The name.</param>
    public static string Sanitize(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(s_valid)
            ? name
            : string.Create(
                name.Length,
                name,
                static (span, source) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        var valid = s_valid.Contains(source[i]) && (i > 0 || !char.IsAsciiDigit(source[i]));
                        span[i] = valid ? source[i] : '_';
                    }
                }
            );

    /// <summary>A value: shortest digits that read back the same.</summary>
    /// <param name="value">The value.</param>
    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A label's value between its quotes.</summary>
    /// <param name="value">The value.</param>
    public static string EscapeLabel(string value) =>
        value.AsSpan().ContainsAny(s_escaped) ? EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal) : value;

    /// <summary>A help text.</summary>
    /// <param name="help">The text.</param>
    public static string EscapeHelp(string help) =>
        help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
