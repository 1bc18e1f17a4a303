using OpenEntropy.Noise;
using OpenEntropy.Noise.Silicon;
using Xunit;

namespace OpenEntropy.Tests.Noise.Silicon;

[Collection(HardwareAlone.Name)]
public sealed class CacheFlushSourceTests
{
    [SourceFact("cache_flush")]
    [Trait("Category", "Hardware")]
    public void Measure_AfterClose_ThrowsAndWorksWhenOpenedAgain()
    {
        var source = new CacheFlushSource();
        source.Close(); // never opened
        source.Open();
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));

        source.Open();
        Assert.Equal(64, source.Collect(new byte[64]));
        source.Close();
    }

    [SourceFact("cache_flush")]
    [Trait("Category", "Hardware")]
    public void Measure_OfAWrittenLine_TakesLongerThanAnInstruction()
    {
        var source = new CacheFlushSource();
        var values = new long[1024];
        source.Open();
        Assert.Equal(values.Length, source.Measure(values));
        source.Close();

        // To memory and back takes tens of nanoseconds on any machine; nothing at all would be under the counter's own overhead.
        Array.Sort(values);
        Assert.InRange(values[values.Length / 2], System.Diagnostics.Stopwatch.Frequency * 50e-9, long.MaxValue);
    }
}
