using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The TPM's device with constructed responses.</summary>
public class HardwareTrngTpmSourceTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(0x922)] // TPM_RC_RETRY
    [InlineData(0x908)] // TPM_RC_YIELDED
    [InlineData(0x90A)] // TPM_RC_TESTING
    public void Collect_BusyForAWhile_AsksAgainUntilItAnswers(ushort code)
    {
        var left = 3;
        using var bridge = new TpmBridge(command => left-- > 0 ? TpmBridge.Code(code) : Random(command));
        var source = new HardwareTrngTpmSource(bridge.Path, s_long);
        source.Open();
        try
        {
            var samples = new byte[40];
            Assert.Equal(32, source.Collect(samples));
            Assert.Equal(Enumerable.Range(1, 32).Select(value => (byte)value), samples[..32]);
            Assert.Equal(5, bridge.Commands); // busy three times, the opening's byte, these 32
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Open_BusyForEver_ThrowsWhenPatienceEnds()
    {
        using var bridge = new TpmBridge(_ => TpmBridge.Code(0x922));

        Assert.Equal("the TPM is busy: it gave nothing within 0.06 s", OpeningFailure(bridge.Path));
        Assert.Equal(0, bridge.OthersOpen);
    }

    [Fact]
    public void Open_BusyWhenPatienceEnds_LeavesNoAnswerForTheNext()
    {
        using var bridge = new TpmBridge(_ => TpmBridge.Code(0x922));
        for (var round = 0; round < 20; round++)
        {
            _ = OpeningFailure(bridge.Path);
            Assert.Equal(0, bridge.Unread);
        }
    }

    [Fact]
    public void Open_NoAnswer_ThrowsWhenPatienceEnds()
    {
        using var bridge = new TpmBridge(_ => null);

        Assert.Equal("the TPM is busy: it gave nothing within 0.06 s", OpeningFailure(bridge.Path));
    }

    [Theory]
    [InlineData(0x100, "0x100")] // TPM_RC_INITIALIZE: nobody started it
    [InlineData(0x101, "0x101")] // TPM_RC_FAILURE
    [InlineData(0x921, "0x921")] // TPM_RC_LOCKOUT: a warning that asking again does not help
    public void Open_AnErrorThatAskingAgainDoesNotHelp_ThrowsAtOnce(ushort code, string saying)
    {
        using var bridge = new TpmBridge(_ => TpmBridge.Code(code));

        Assert.Contains(saying, OpeningFailure(bridge.Path), StringComparison.Ordinal);
        Assert.Equal(1, bridge.Commands);
    }

    [Fact]
    public void Open_NobodyMayReadIt_SaysWhichAndWhy() =>
        // Why depends on whether sysfs is mounted for writing at all.
        Assert.Matches(
            $"^opening {SourceSettings.DeniedPath} failed: (Permission denied|Read-only file system)$",
            OpeningFailure(SourceSettings.DeniedPath)
        );

    [Fact]
    public void Create_DeviceConfigured_LooksThere()
    {
        var source = new HardwareTrngTpmSource(SourceSettings.Of(("hardware_trng.tpm:Device", "/no/such/tpm1")));

        Assert.Equal("there is no TPM 2.0: /no/such/tpm1 does not exist", source.WhyUnavailable());
        Assert.Contains(
            "OpenEntropy:Sources:Settings:hardware_trng.tpm:Device",
            Assert
                .Throws<EntropyConfigurationException>(() =>
                    new HardwareTrngTpmSource(SourceSettings.Of(("hardware_trng.tpm:Device", "tpm1")))
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        using var bridge = new TpmBridge(Random);
        var source = new HardwareTrngTpmSource(bridge.Path, s_long);
        for (var round = 0; round < 1000; round++)
        {
            source.Open();
            source.Close();
        }

        Assert.Equal((0, 1000), (bridge.OthersOpen, bridge.Commands));
    }

    [Fact]
    public void WholePath_BusyForLong_FailsWithTheReasonAndRecovers()
    {
        var (busy, position) = (false, 0L);
        using var bridge = new TpmBridge(command =>
        {
            if (Volatile.Read(ref busy))
                return TpmBridge.Code(0x922);
            var response = Random(command);
            for (var i = 12; i < response.Length; i++)
                response[i] = ScriptedNoiseSource.Lively(position++);
            return response;
        });
        using var turns = new TurnTaker(new HardwareTrngTpmSource(bridge.Path, TimeSpan.FromSeconds(2)));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal(0, turns.Credit);

        Volatile.Write(ref busy, true);
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal("the TPM is busy: it gave nothing within 2 s; next attempt in 1 s", turns.Status.Reason);
        Assert.Equal(0, bridge.OthersOpen);

        Volatile.Write(ref busy, false);
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
    }

    private static string OpeningFailure(string path)
    {
        var source = new HardwareTrngTpmSource(path, s_short);
        var message = Assert.Throws<NoiseSourceException>(source.Open).Message;
        source.Close();
        return message;
    }

    /// <summary>The response to a TPM2_GetRandom: as many bytes as it asks for, 1, 2, 3 …</summary>
    private static byte[] Random(byte[] command)
    {
        var count = command[^1];
        return
        [
            .. (byte[])[0x80, 0x01, 0, 0, 0, (byte)(12 + count), 0, 0, 0, 0, 0, count],
            .. Enumerable.Range(1, count).Select(value => (byte)value),
        ];
    }
}
