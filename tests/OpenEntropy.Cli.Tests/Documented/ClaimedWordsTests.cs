using System.Text.RegularExpressions;
using Xunit;

namespace OpenEntropy.Cli.Tests.Documented;

/// <summary>No text that a user reads calls the output what nobody has shown it to be.</summary>
public sealed partial class ClaimedWordsTests
{
    [Fact]
    public void Texts_OfTheProduct_ClaimNothingThatWasNotShown()
    {
        var texts = Tree.Files("docs", "*.md")
            .Concat(Tree.Files("deploy", "*.md"))
            .Concat(Tree.Files("src", "*.html"))
            .Concat(Tree.Files("src", "*.js"))
            .Concat(Tree.Files("src", "*.cs"))
            .Concat(Tree.Files("tests/OpenEntropy.Server.Tests/Documentation", "openapi.json"))
            .Concat(Directory.EnumerateFiles(Tree.Root, "*.md"))
            .ToList();

        Assert.True(texts.Count > 500, "there are too few texts");
        Assert.Empty(
            texts.SelectMany(path => Claims().Matches(File.ReadAllText(path)).Select(claim => $"{Path.GetFileName(path)}: {claim.Value}"))
        );
    }

    [Theory]
    [InlineData("gives true randomness", true)]
    [InlineData("a truly random number", true)]
    [InlineData("our quantum noise", true)]
    [InlineData("FIPS 140-3 validated", true)]
    [InlineData("certified by NIST", true)]
    [InlineData("military-grade", true)]
    [InlineData("every block has \"full entropy\"", false)]
    [InlineData("output of full-entropy quality", true)]
    [InlineData("the ANU quantum random number service", false)]
    [InlineData("Nobody has certified this", false)]
    [InlineData("rejection sampling, FIPS 186-5", false)]
    public void Claims_OfAText_AreTold(string text, bool isClaim) => Assert.Equal(isClaim, Claims().IsMatch(text));

    // "full entropy" is 90C's word for what a component gives; of our output it stands in quotation marks alone, where it is said not to be called so.
    [GeneratedRegex(
        @"\btru(e|ly) random|\bquantum (noise|entropy|source|grade)|\b(FIPS|NIST|BSI|AIS|Common Criteria)\b[^.\n]{0,20}\b(certified|validated|compliant|approved by)|\b(certified|validated) by (NIST|BSI|FIPS)|\bmilitary.grade|\bfull-entropy (quality|output)|\bunbreakable\b|\bprovably random\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        60_000
    )]
    private static partial Regex Claims();
}
