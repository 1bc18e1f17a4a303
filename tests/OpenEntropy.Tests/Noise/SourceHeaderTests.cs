using System.Text.RegularExpressions;
using System.Xml.Linq;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>
/// What the introduction of docs/catalogue.md promises of each source's header. The headers are read where the compiler writes them, beside the
/// assembly.
/// </summary>
public sealed partial class SourceHeaderTests
{
    private static readonly string[] s_promised = ["measured", "why it varies", "virtual machine", "container", "co-tenant", "attacker"];

    private static readonly Dictionary<string, string> s_headers = XDocument
        .Load(Path.ChangeExtension(typeof(NoiseSource).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Value, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(CatalogFixture.AllNames), MemberType = typeof(CatalogFixture))]
    public void Header_OfEverySource_SaysWhatIsMeasuredWhyItVariesAndWhoCouldKnowOrSteerIt(string name)
    {
        var type = CatalogFixture.AllSources().Single(source => source.Info.Name.Equals(name, StringComparison.Ordinal)).GetType();

        Assert.Equal([], Missing(s_headers[$"T:{type.FullName}"]));
    }

    [Theory]
    [InlineData("virtual machine")]
    [InlineData("container")]
    [InlineData("co-tenant")]
    [InlineData("attacker")]
    public void Missing_OfAHeaderWithoutOneOfThem_NamesIt(string word)
    {
        var header =
            $"Measured. Why it varies. {string.Join("\n", s_promised.Where(other => !other.Equals(word, StringComparison.Ordinal)))}";

        Assert.Equal([word], Missing(header));
    }

    /// <summary>A line may end within a word of two.</summary>
    private static string[] Missing(string header)
    {
        var text = Space().Replace(header, " ");
        return [.. s_promised.Where(word => !text.Contains(word, StringComparison.OrdinalIgnoreCase))];
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
