using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The whole path from a TPM 2.0, a software one, to tested samples.</summary>
[Trait("Category", "Hardware")]
public class SoftwareTpmTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    [SoftwareTpmFact]
    public void WholePath_Tpm_BecomesHealthyAndEarnsNothing()
    {
        using var tpm = new SoftwareTpm(started: true);
        using var bridge = new TpmBridge(tpm.Exchange);
        using var turns = new TurnTaker(new HardwareTrngTpmSource(bridge.Path, s_patience));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.InRange(bridge.Commands, 1024 / TpmGetRandom.MaximumRandomBytes, int.MaxValue);
        Assert.Equal(0, turns.Credit);
    }

    [SoftwareTpmFact]
    public void Collect_TwoOpenings_NeverRepeatsABlock()
    {
        using var tpm = new SoftwareTpm(started: true);
        using var bridge = new TpmBridge(tpm.Exchange);
        var source = new HardwareTrngTpmSource(bridge.Path, s_patience);
        var blocks = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            var samples = new byte[TpmGetRandom.MaximumRandomBytes];
            for (var i = 0; i < 16; i++)
            {
                Assert.Equal(samples.Length, source.Collect(samples));
                blocks.Add(Convert.ToHexString(samples));
            }

            source.Close();
        }

        Assert.Equal(blocks.Count, blocks.Distinct(StringComparer.Ordinal).Count());
    }

    [SoftwareTpmFact]
    public void Collect_TpmOccupiedNowAndThen_AsksAgain()
    {
        using var tpm = new SoftwareTpm(started: true);
        var count = 0;
        using var bridge = new TpmBridge(command => ++count % 2 == 1 ? TpmBridge.Code(0x922) : tpm.Exchange(command));
        var source = new HardwareTrngTpmSource(bridge.Path, s_patience);
        source.Open();
        try
        {
            for (var i = 0; i < 4; i++)
                Assert.Equal(16, source.Collect(new byte[16]));
        }
        finally
        {
            source.Close();
        }
    }

    [SoftwareTpmFact]
    public void Open_NobodyStartedTheTpm_SaysItsCode()
    {
        using var tpm = new SoftwareTpm(started: false);
        using var bridge = new TpmBridge(tpm.Exchange);
        var source = new HardwareTrngTpmSource(bridge.Path, s_patience);

        Assert.Contains("0x100", Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal); // TPM_RC_INITIALIZE
        source.Close();
        Assert.Equal(0, bridge.OthersOpen);
    }
}
