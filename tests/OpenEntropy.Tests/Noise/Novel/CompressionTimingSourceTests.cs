using OpenEntropy.Noise;
using OpenEntropy.Noise.Novel;
using Xunit;

namespace OpenEntropy.Tests.Noise.Novel;

public sealed class CompressionTimingSourceTests
{
    [Fact]
    public void Collect_BeforeOpenAndAfterClose_Throws()
    {
        var source = new CompressionTimingSource();

        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
        source.Open();
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [Fact]
    public void Measure_AfterEachOpening_GivesDurations()
    {
        var source = new CompressionTimingSource();
        var values = new long[64];
        for (var round = 0; round < 2; round++)
        {
            source.Open();

            Assert.Equal(values.Length, source.Measure(values));
            Assert.All(values, value => Assert.True(value > 0));
            source.Close();
        }
    }

    [Fact]
    public void Close_WithoutOpen_DoesNothing()
    {
        var source = new CompressionTimingSource();

        source.Close();
        source.Close();
    }
}
