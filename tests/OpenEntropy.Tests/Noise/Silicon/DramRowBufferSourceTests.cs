using OpenEntropy.Noise.Silicon;
using Xunit;

namespace OpenEntropy.Tests.Noise.Silicon;

public sealed class DramRowBufferSourceTests
{
    [Fact]
    [Trait("Category", "Hardware")]
    public void Collect_WithoutFlush_MeasuresTheWalkAllTheSame()
    {
        var source = new DramRowBufferSource(flushes: false);
        var samples = new byte[1024];

        source.Open();
        var collected = source.Collect(samples);
        source.Close();

        Assert.Equal(samples.Length, collected);
        var mostCommon = samples.CountBy(sample => sample).Max(pair => pair.Value);
        Assert.InRange((double)mostCommon / samples.Length, 0, Math.Pow(2, -source.Info.TestMinEntropy!.Value));
    }
}
