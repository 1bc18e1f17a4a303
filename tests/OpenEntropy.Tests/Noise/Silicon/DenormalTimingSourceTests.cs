using OpenEntropy.Noise.Silicon;
using Xunit;

namespace OpenEntropy.Tests.Noise.Silicon;

public sealed class DenormalTimingSourceTests
{
    [Fact]
    public void Collect_Arithmetic_IsDoneAndStaysDenormal()
    {
        var source = new DenormalTimingSource();
        source.Open();
        Assert.Equal(32, source.Collect(new byte[32]));
        source.Close();

        // The limit of x * 0.75 + 1e-311; were denormals flushed to zero, or the loop left out, it would not come to it.
        Assert.True(double.IsSubnormal(source.Value));
        Assert.Equal(4e-311, source.Value, 1e-313);
    }

    [Fact]
    [Trait("Category", "Hardware")]
    public void Measure_EverySample_TakesTheTimeOfItsArithmetic()
    {
        var source = new DenormalTimingSource();
        var values = new long[256];
        source.Open();
        Assert.Equal(values.Length, source.Measure(values));
        source.Close();

        // Two dependent operations a step and at least three cycles each, at less than 8 GHz: 6 microseconds, were nothing left out.
        var ticks = System.Diagnostics.Stopwatch.Frequency * 6e-6;
        Assert.InRange(values.Min(), ticks, long.MaxValue);
    }
}
