using OpenEntropy.Assessment.Randomness;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness;

public sealed class EarlierNamesTests
{
    [Fact]
    public void Find_OfEveryEarlierName_GivesATestOfItsOwn()
    {
        var tests = EarlierNames.All.Select(names => RandomnessBattery.Find(names.Earlier)).ToList();

        Assert.Equal(31, tests.Count);
        Assert.Equal(tests.Count, tests.Distinct().Count());
        Assert.All(EarlierNames.All, names => Assert.Equal(names.Name, RandomnessBattery.Find(names.Earlier)?.Name));
    }

    [Fact]
    public void Find_OfEveryTest_GivesIt() =>
        Assert.All(RandomnessBattery.All, test => Assert.Same(test, RandomnessBattery.Find(test.Name.ToUpperInvariant())));

    [Fact]
    public void Find_OfAnotherName_GivesNone() => Assert.Null(RandomnessBattery.Find("Poker"));

    [Fact]
    public void All_Tests_AreThoseOfBothLists() =>
        Assert.Equal([.. RandomnessBattery.Sp80022, .. RandomnessBattery.Further], RandomnessBattery.All);
}
