using OpenEntropy.Assessment.Numerics;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Numerics;

/// <summary>The tails that the chi-square tests of SP 800-90B, 5.2 take, to 100,000 degrees of freedom and 10^−300.</summary>
public sealed class ChiSquareTailTests
{
    // Computed from the series of the lower incomplete gamma function with 60 digits and more.
    [Theory]
    [InlineData(0.001, 1, 0.97477287936996039)]
    [InlineData(3.84, 1, 0.050043521248705103)]
    [InlineData(1380, 1, 4.6611584556739129e-302)]
    [InlineData(0.5, 2, 0.77880078307140487)]
    [InlineData(1380, 2, 2.171738281389827e-300)]
    [InlineData(9, 9, 0.43727418891386706)]
    [InlineData(1400, 9, 7.7309942439991564e-296)]
    [InlineData(20, 31, 0.93580362074115442)]
    [InlineData(1500, 32, 1.9829867458414313e-295)]
    [InlineData(33, 33, 0.46725288137290914)]
    [InlineData(1540, 33, 4.2413843975945401e-303)]
    [InlineData(135, 100, 0.011314284906802268)]
    [InlineData(1830, 135, 8.7032148082054843e-295)]
    [InlineData(735, 735, 0.49306308033994066)]
    [InlineData(2900, 735, 6.2426152592631847e-254)]
    [InlineData(2046, 2046, 0.49584229810343372)]
    [InlineData(65280, 65280, 0.49926393899557)]
    [InlineData(66000, 65280, 0.023450243482806774)]
    [InlineData(64000, 65280, 0.99981740020106862)]
    [InlineData(79000, 65280, 7.6780832401271427e-278)]
    [InlineData(72000, 65280, 1.0217332696732288e-72)]
    [InlineData(99000, 100000, 0.9875216843619172)]
    public void UpperIncompleteGammaRatio_OfHalves_IsTheTailOfChiSquare(double statistic, int degreesOfFreedom, double expected) =>
        Assert.Equal(1, Distributions.UpperIncompleteGammaRatio(degreesOfFreedom / 2.0, statistic / 2) / expected, 1e-11);
}
