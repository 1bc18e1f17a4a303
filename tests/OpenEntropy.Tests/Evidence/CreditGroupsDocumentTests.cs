using OpenEntropy.Evidence.Correlation;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class CreditGroupsDocumentTests
{
    private static readonly PairFigures s_correlated = new(10_000, new Coefficient(0.5, 0.03), new Coefficient(0, 0.03));

    [Fact]
    public void Groups_OfADocument_AreThoseItWasMadeWith() =>
        Assert.Equal(["a, c.part, d_1", "b, e"], Groups(Document(("a", "d_1"), ("b", "e"), ("c.part", "d_1"))));

    [Fact]
    public void Groups_OfADocumentWithoutAny_AreNone() => Assert.Empty(Groups(Document()));

    [Theory]
    [InlineData("## Another section\n- `a`, `b`\n")]
    [InlineData("## Sources that share one credit\n## All pairs\n")]
    [InlineData("## Sources that share one credit\n- `a`\n")]
    [InlineData("## Sources that share one credit\n- `a` and `b`\n")]
    [InlineData("## Sources that share one credit\n- `a`, b\n")]
    [InlineData("## Sources that share one credit\nNone that we know of.\n")]
    public void Groups_OfAnotherForm_AreRefused(string document) =>
        Assert.Throws<InvalidDataException>(() => IndependenceReport.Groups(document));

    private static IEnumerable<string> Groups(string document) =>
        IndependenceReport.Groups(document).Select(group => string.Join(", ", group));

    private static string Document(params (string X, string Y)[] correlated) =>
        IndependenceReport.Text(
            ["a", "b", "c.part", "d_1", "e", "f"],
            [],
            [
                new SourcePair { X = "e", Y = "f" },
                .. correlated.Select(pair => new SourcePair
                {
                    X = pair.X,
                    Y = pair.Y,
                    First = s_correlated,
                    AtOnce = s_correlated,
                }),
            ],
            "command",
            TimeSpan.FromSeconds(1),
            DateTimeOffset.UnixEpoch
        );
}
