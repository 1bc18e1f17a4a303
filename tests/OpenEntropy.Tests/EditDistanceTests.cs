using Xunit;

namespace OpenEntropy.Tests;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("Port", "", 4)]
    [InlineData("Port", "Prot", 2)]
    [InlineData("Capcity", "Capacity", 1)]
    [InlineData("PORT", "port", 0)]
    [InlineData("kitten", "sitting", 3)]
    public void Between_KnownPairs_GivesLevenshteinsDistance(string left, string right, int distance)
    {
        Assert.Equal(distance, EditDistance.Between(left, right));
        Assert.Equal(distance, EditDistance.Between(right, left));
    }
}
