using System.Globalization;
using OpenEntropy.Fuzz.Checks;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>The routes of values derived from random bytes: a line for each, and one for each parameter.</summary>
internal static class ValueRoutes
{
    private const string Base = "/api/v1/";
    private const int Weight = 2;
    private const int LongestText = 65_536;
    private const string Decimal = @"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?";
    private const double Largest = 1e12;

    private static readonly Parameter s_items = new(
        "items",
        "[^,]+(?:,[^,]+)*",
        "a",
        "a,b",
        "red,green,blue",
        "%C3%A9,%F0%9F%8E%B2",
        "a,a,a,a,b",
        "+,%0A"
    )
    {
        Longest = LongestText,
        Rule = text => text.Split(',') is { Length: <= 10_000 } items && items.All(item => item.EnumerateRunes().Count() <= 256),
    };

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Route> All =
    [
        Make("integers", Bound("min"), Bound("max")),
        Make("sequence", Bound("min"), Bound("max")),
        Make("floats"),
        Make("gaussians", Number("mean", -Largest), Number("deviation", double.Epsilon)),
        Make("uuids", new Parameter("version", "4|7", "4", "7")),
        Make(
            "strings",
            Length(),
            new Parameter("alphabet", ".*", "ab", "ACGT", "%C3%A9%F0%9F%8E%B2%22%5C", "01%0A")
            {
                Longest = LongestText,
                Rule = text =>
                    text.EnumerateRunes().ToList() is { Count: >= 2 and <= 1024 } runes && runes.Distinct().Count() == runes.Count,
            }
        ),
        Make("shuffle", s_items),
        Make(
            "choice",
            s_items,
            new Parameter("weights", "[1-9][0-9]{0,9}(?:,[1-9][0-9]{0,9})*", "1", "1,2", "1000000000,1,7") { Longest = LongestText }
        ),
        Make("bytes", Length(), new Parameter("encoding", "hex|base64|base64url", "hex", "base64", "base64url")),
    ];

    /// <summary>Those that take their items as a body, too.</summary>
    public static IEnumerable<Route> OfItems => All.Where(route => route.Find("items") is not null);

    private static Route Make(string name, params Parameter[] own) =>
        new(
            Base + name,
            Weight,
            [
                .. own,
                new Parameter("count", "[1-9][0-9]{0,9}", "1", "2", "3", "6", "64", "1000", "1500", "1501"),
                new Parameter("conditioning", "drbg|limited", "drbg", "drbg", "drbg", "limited"),
                new Parameter("fresh", "true|false", "false", "false", "true"),
                new Parameter("timeout", "[0-9]|[12][0-9]|30", "0", "0", "0", "0", "0", "1"),
                new Parameter("format", "json|lines", "json", "lines"),
                new Parameter("proof", "true|false", "false", "true"),
            ]
        )
        {
            LongestEscaped = LongestText,
            Check = ValueAnswer.FindFault,
        };

    private static Parameter Bound(string name) =>
        new(
            name,
            "0|-?[1-9][0-9]{0,18}",
            "0",
            "1",
            "6",
            "49",
            "255",
            "256",
            "-1",
            "-1000",
            "9007199254740992",
            "-9223372036854775808",
            "9223372036854775807"
        )
        {
            Rule = text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        };

    private static Parameter Number(string name, double least) =>
        new(name, Decimal, "0", "1", "100", "0.5", "2.25", "1000000000000", "-3")
        {
            Rule = text => double.Parse(text, CultureInfo.InvariantCulture) is var number && number >= least && number <= Largest,
        };

    private static Parameter Length() => new("length", "[1-9][0-9]{0,2}|10[01][0-9]|102[0-4]", "1", "2", "8", "32", "100", "1024");
}
