using OpenEntropy.Evidence;
using OpenEntropy.Evidence.Commands;
using OpenEntropy.Evidence.Correlation;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class CreditGroupsDocumentTests
{
    private static readonly Coefficient s_none = new(0, 0.03);
    private static readonly Coefficient s_high = new(0.5, 0.03);
    private static readonly PairFigures s_correlated = new(10_000, s_high, s_none, s_none, s_none);
    private static readonly PairFigures s_apart = new(10_000, s_none, s_none, s_none, s_none);

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

    [Fact]
    public void UndecidedPairs_OfADocument_AreThoseWithTooFewPairs()
    {
        var few = new SourcePair
        {
            X = "a",
            Y = "b",
            Earns = true,
            AtOnce = new PairFigures(72, new Coefficient(-0.2, double.PositiveInfinity), s_none, s_none, s_none),
        };

        Assert.True(few.IsUndecided);
        Assert.Equal(ExitCodes.Success, CorrelateCommand.ExitCode([few]));
        Assert.Equal(ExitCodes.Failed, CorrelateCommand.ExitCode([few with { Earns = false, Failure = "it hangs" }]));
        Assert.Equal([("a", "b")], IndependenceReport.UndecidedPairs(Text([few])));
        Assert.Equal(["a, b"], Groups(Text([few])));
        Assert.Empty(Groups(Text([few with { Earns = false }])));
        Assert.Empty(IndependenceReport.UndecidedPairs(Document(("a", "d_1"))));
    }

    [Fact]
    public void IsUndecided_OfAPair_AsksForBothOfTheSamplesCoefficientsAndForCredit()
    {
        var vague = s_none with { Bound = 0.11 };
        var pair = new SourcePair
        {
            X = "a",
            Y = "b",
            Earns = true,
            AtOnce = s_apart,
        };

        Assert.False(pair.IsUndecided);
        Assert.True((pair with { AtOnce = s_apart with { Samples = vague } }).IsUndecided);
        Assert.True((pair with { AtOnce = s_apart with { Information = vague } }).IsUndecided);
        Assert.False((pair with { AtOnce = s_apart with { Ranks = vague, Changes = vague } }).IsUndecided);
        Assert.False((pair with { AtOnce = s_apart with { Samples = vague }, Earns = false }).IsUndecided);
    }

    [Fact]
    public void SharesCredit_OfSamplesThatTellOfEachOtherWithoutRisingTogether_IsTrue()
    {
        Assert.True(Pair(s_apart with { Information = s_high }).SharesCredit);
        Assert.False(Pair(s_apart with { Ranks = s_high, Changes = s_high }).SharesCredit);

        static SourcePair Pair(PairFigures figures) =>
            new()
            {
                X = "a",
                Y = "b",
                First = figures,
                AtOnce = figures,
            };
    }

    private static IEnumerable<string> Groups(string document) =>
        IndependenceReport.Groups(document).Select(group => string.Join(", ", group));

    private static string Document(params (string X, string Y)[] correlated) =>
        Text([
            new SourcePair
            {
                X = "e",
                Y = "f",
                AtOnce = s_apart,
            },
            .. correlated.Select(pair => new SourcePair
            {
                X = pair.X,
                Y = pair.Y,
                First = s_correlated,
                AtOnce = s_correlated,
            }),
        ]);

    private static string Text(IReadOnlyList<SourcePair> pairs) =>
        IndependenceReport.Text(
            ["a", "b", "c.part", "d_1", "e", "f"],
            [],
            pairs,
            "command",
            TimeSpan.FromSeconds(1),
            DateTimeOffset.UnixEpoch
        );
}
