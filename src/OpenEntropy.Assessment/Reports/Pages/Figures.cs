using System.Globalization;
using System.Text;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>Numbers and foreign words as people read them.</summary>
internal static class Figures
{
    private const double Small = 1e-4;

    /// <summary>To six decimals, or four digits where it is smaller than that shows.</summary>
    public static string Short(double value) =>
        value == 0 ? "0"
        : Math.Abs(value) < Small ? value.ToString("0.000e-0", CultureInfo.InvariantCulture)
        : value.ToString("F6", CultureInfo.InvariantCulture);

    /// <summary>The same; a dash where there is none.</summary>
    public static string Short(double? value) => value is { } number ? Short(number) : "–";

    /// <summary>All digits that tell the double from its neighbours; a dash where there is none.</summary>
    public static string Full(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "–";

    /// <summary>Words of a header that anyone may have written: on one line, without what would steer a terminal.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var steers =
                Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator;
            plain.Append(steers ? " " : rune.ToString());
        }

        return plain.ToString();
    }
}
