using OpenEntropy.Evidence.Correlation;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class PairingTests
{
    [Fact]
    public void Nearest_OfASlowAndAFastSeries_TakesTheNearestOfTheFast() =>
        Assert.Equal([(0, 1), (1, 4)], Pairing.Nearest([11, 42], [0, 10, 20, 30, 40, 50]));

    [Fact]
    public void Nearest_WithTheSeriesExchanged_GivesTheSamePairs() =>
        Assert.Equal([(1, 0), (4, 1)], Pairing.Nearest([0, 10, 20, 30, 40, 50], [11, 42]));

    [Fact]
    public void Nearest_WhereOneSeriesStoodStill_TakesNoMeasurementTwice()
    {
        var pairs = Pairing.Nearest([10, 11, 12, 13, 14], [0, 9, 100, 101, 102]);

        Assert.Equal(pairs.Count, pairs.Select(pair => pair.Y).Distinct().Count());
        Assert.Equal((0, 1), pairs[0]);
        Assert.True(pairs.Count <= 2, $"{pairs.Count} pairs");
    }

    [Fact]
    public void Nearest_OutsideTheOtherSeries_PairsNothing() => Assert.Empty(Pairing.Nearest([1, 2, 3], [100, 101, 102, 103]));

    [Fact]
    public void InTurns_OfUnequalTurns_SpreadsTheShorterOverTheLonger() => Assert.Equal([(0, 0), (3, 1), (6, 2)], Pairing.InTurns(9, 3));

    [Fact]
    public void Groups_OfPairs_AreWhatHangsTogether()
    {
        var groups = CreditGroups.Of(["a", "b", "c", "d", "e", "f"], [("b", "d"), ("e", "f"), ("d", "a")]);

        Assert.Equal(["a b d", "e f"], groups.Select(group => string.Join(' ', group)));
    }
}
