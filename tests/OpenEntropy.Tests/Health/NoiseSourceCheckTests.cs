using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class NoiseSourceCheckTests
{
    private static readonly NoiseSourceInfo s_sound = new ScriptedNoiseSource("mine").Info;

    [Theory]
    [InlineData(0.334)]
    [InlineData(8)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Pool_SourceThatClaimsWhatNoneMay_IsRefusedByName(double claim)
    {
        var error = Assert.Throws<EntropyConfigurationException>(() =>
            new ScriptedPool(null, new ScriptedNoiseSource("mine") { Claim = claim })
        );
        Assert.Equal("AdditionalSources", error.Key);
        Assert.Contains("mine claims ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)] // Timeout.Infinite
    [InlineData(3_600_001)]
    public void Pool_SourceWithoutADeadline_IsRefusedByName(int milliseconds)
    {
        var noise = new ScriptedNoiseSource("mine") { Deadline = TimeSpan.FromMilliseconds(milliseconds) };
        var error = Assert.Throws<EntropyConfigurationException>(() => new ScriptedPool(null, noise));
        Assert.Contains("mine has the deadline ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OtherFiguresOutOfRange_AreRefused()
    {
        NoiseSourceCheck.Check(s_sound);
        foreach (
            var info in new[]
            {
                s_sound with
                {
                    Name = " ",
                },
                s_sound with
                {
                    Threads = 0,
                },
                s_sound with
                {
                    TestMinEntropy = 0,
                },
                s_sound with
                {
                    TestMinEntropy = 8.1,
                },
                s_sound with
                {
                    Deadline = TimeSpan.MaxValue,
                },
            }
        )
            Assert.Throws<EntropyConfigurationException>(() => NoiseSourceCheck.Check(info));
    }
}
