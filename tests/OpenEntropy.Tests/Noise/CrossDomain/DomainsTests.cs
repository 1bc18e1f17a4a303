using OpenEntropy.Noise;
using OpenEntropy.Noise.CrossDomain;
using Xunit;

namespace OpenEntropy.Tests.Noise.CrossDomain;

public sealed class DomainsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(100_000)]
    public void Digitize_NegativeDifference_IsTheNegativeByte(int steps)
    {
        var ticks = (long)Math.Round(steps * TickCounter.Granularity);

        Assert.Equal((byte)steps, Domains.Digitize(ticks));
        Assert.Equal(unchecked((byte)-steps), Domains.Digitize(-ticks));
    }

    [Fact]
    public void Time_EachDomain_TakesTime()
    {
        var domains = new Domains();

        Assert.True(Domains.TimeProcessor() > 0);
        Assert.True(domains.TimeMemory() > 0);
        Assert.True(!OperatingSystem.IsLinux() || Domains.TimeSystemCall() > 0);
        domains.Free();
    }
}
