using OpenEntropy.Continuity;
using Xunit;

namespace OpenEntropy.Tests.Continuity;

public sealed class SystemClocksTests
{
    [Fact]
    public void IsSupported_IsTheTruthAboutTheOffsets() => Assert.Equal(SystemClocks.IsSupported, SystemClocks.Offsets().Realtime != 0);

    [LinuxFact]
    public void IsSupported_OnLinux_IsTrue() => Assert.True(SystemClocks.IsSupported);

    [LinuxFact]
    public void TryRead_RealTime_IsTheWallClock()
    {
        Assert.True(SystemClocks.TryRead(SystemClocks.RealTime, out var nanoseconds));
        Assert.InRange(
            nanoseconds / 1e9,
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60,
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 60
        );
    }

    [LinuxFact]
    public void TryRead_ClockThatDoesNotExist_IsRefusedAndReadsZero()
    {
        Assert.False(SystemClocks.TryRead(12_345, out var nanoseconds));
        Assert.Equal(0, nanoseconds);
    }
}
