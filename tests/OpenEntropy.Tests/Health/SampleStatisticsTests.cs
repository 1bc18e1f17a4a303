using OpenEntropy.Health;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class SampleStatisticsTests
{
    [Fact]
    public void Entropies_NoSample_AreZero() => Assert.Equal((0, 0, 0), new SampleStatistics().Entropies());

    [Fact]
    public void Entropies_ConstantSamples_AreZeroWithoutASign()
    {
        var statistics = new SampleStatistics();
        statistics.Add(new byte[100]);
        var (shannon, minimum, collision) = statistics.Entropies();
        Assert.Equal((0, 0, 0), (shannon, minimum, collision));
        Assert.False(double.IsNegative(shannon) || double.IsNegative(minimum) || double.IsNegative(collision));
    }

    [Fact]
    public void Entropies_KnownHistogram_AreAsDefined()
    {
        // 1/2, 1/4, 1/8, 1/8: Shannon 1.75, min 1, collision −log2(1/4 + 1/16 + 2/64).
        var statistics = new SampleStatistics();
        statistics.Add([1, 1, 1, 1, 2, 2, 3, 4]);
        var (shannon, minimum, collision) = statistics.Entropies();
        Assert.Equal(1.75, shannon, 12);
        Assert.Equal(1, minimum, 12);
        Assert.Equal(-Math.Log2(11.0 / 32), collision, 12);
    }

    [Fact]
    public void Entropies_AfterAFullWindow_ForgetWhatWasBefore()
    {
        var statistics = new SampleStatistics();
        var all = new byte[65536];
        for (var i = 0; i < all.Length; i++)
            all[i] = (byte)i;
        statistics.Add(new byte[65536]);
        Assert.Equal(0, statistics.Entropies().Shannon);
        statistics.Add(all);
        Assert.Equal(8, statistics.Entropies().Shannon, 12);
    }
}
