using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The source over scripted streams; ALSA itself is in <see cref="AlsaCaptureTests"/>.</summary>
public sealed class AudioNoiseSourceTests
{
    private const int Rate = 800; // the 8 first frames after each start are dropped
    private const int Overrun = -32; // -EPIPE
    private const int Suspended = -86; // -ESTRPIPE
    private const int Unplugged = -19; // -ENODEV

    private static readonly PcmFormat s_stereo = new(2, 16, 2, Rate);

    // Opening: 8 frames dropped, 2 that differ in their lowest bits.
    private static readonly short[] s_sound = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2];

    [LinuxFact]
    public void Collect_Frames_AreTheLowestTwoBitsOfTheFirstChannelEachOnce()
    {
        var capture = new ScriptedCapture(s_stereo).Then(s_sound).Then([0x1234, -1, 0x7F82]).Then([257, 3]);
        var source = Opened(capture);

        Assert.Equal([0, 3, 2], Collect(source));
        Assert.Equal([1, 3], Collect(source));

        source.Close();
        Assert.True(capture.IsDisposed);
    }

    [LinuxFact]
    public void Collect_NothingYet_WaitsForFrames()
    {
        var source = Opened(new ScriptedCapture(s_stereo).Then(s_sound).Then(-11).Then([7]));

        Assert.Equal([3], Collect(source));
        source.Close();
    }

    [LinuxFact]
    public void Collect_Overrun_RestartsAndDropsWhatComesFirst() => AssertRestarts(Overrun);

    [LinuxFact]
    public void Collect_Suspended_RestartsAndDropsWhatComesFirst() => AssertRestarts(Suspended);

    [LinuxFact]
    public void Collect_OverrunWithoutEnd_Throws()
    {
        var capture = new ScriptedCapture(s_stereo) { EndlessError = Overrun }.Then(s_sound);

        AssertFails(capture, "the capture device hw:9 overruns as soon as it is started");
        Assert.InRange(capture.Restarts, 1, 8);
    }

    [LinuxFact]
    public void Collect_Unplugged_ThrowsAndWorksAgainWhenItIsBack()
    {
        var streams = new Queue<ScriptedCapture>();
        var gone = new ScriptedCapture(s_stereo).Then(s_sound).Then([5]).Then(Unplugged);
        streams.Enqueue(gone);
        streams.Enqueue(new ScriptedCapture(s_stereo).Then(s_sound).Then([6]));
        var source = new AudioNoiseSource(Context(("Device", "hw:9")), (_, _) => streams.Dequeue());
        source.Open();
        Assert.Equal([1], Collect(source));

        var failure = Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[8]));
        Assert.Equal("the capture device hw:9 was unplugged", failure.Message);
        source.Close();
        Assert.True(gone.IsDisposed);

        source.Open();
        Assert.Equal([2], Collect(source));
        source.Close();
    }

    [LinuxFact]
    public void Collect_UnpluggedWhileRestarting_Throws() =>
        AssertFails(
            new ScriptedCapture(s_stereo) { RestartResult = Unplugged }
                .Then(s_sound)
                .Then(Overrun),
            "the capture device hw:9 was unplugged"
        );

    [LinuxFact]
    public void Collect_NothingWithinItsPatience_Throws() =>
        AssertFails(new ScriptedCapture(s_stereo).Then(s_sound), "the capture device hw:9 gave nothing for 0.6 s");

    [LinuxFact]
    public void Collect_WaitingFails_Throws() =>
        AssertFails(new ScriptedCapture(s_stereo) { WaitResult = Unplugged }.Then(s_sound), "the capture device hw:9 was unplugged");

    [LinuxFact]
    public void Collect_StreamEnds_Throws() =>
        AssertFails(new ScriptedCapture(s_stereo) { EndlessError = 0 }.Then(s_sound), "the capture device hw:9 gives no more frames");

    [LinuxFact]
    public void Open_ZerosFirstAndSoundLater_Opens()
    {
        var source = Opened(new ScriptedCapture(s_stereo).Then(new short[300]).Then([3, 4]).Then([9]));

        Assert.Equal([1], Collect(source));
        source.Close();
    }

    [LinuxFact]
    public void Open_LowestBitsAllTheSame_IsRefusedAsSilence()
    {
        // Eight bits widened to sixteen: the frames differ, their lowest bits do not.
        var capture = new ScriptedCapture(s_stereo).Then(Enumerable.Range(0, Rate).Select(i => (short)(i << 8)));
        var source = new AudioNoiseSource(Context(), (_, _) => capture);

        var failure = Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();

        Assert.Equal("the capture device default gives digital silence: the lowest 2 bits of all frames are 0", failure.Message);
        Assert.True(capture.IsDisposed);
    }

    [LinuxFact]
    public void Collect_NotOpen_Throws() => Assert.Throws<NoiseSourceException>(() => new AudioNoiseSource(Context()).Collect(new byte[1]));

    [LinuxFact]
    public void Open_Settings_AreHandedToTheDevice()
    {
        var asked = ("", 0);
        var source = new AudioNoiseSource(
            Context(("Device", "hw:1,0"), ("Rate", "96000")),
            (device, rate) =>
            {
                asked = (device, rate);
                return new ScriptedCapture(s_stereo).Then(s_sound);
            }
        );
        source.Open();
        source.Close();

        Assert.Equal(("hw:1,0", 96_000), asked);
        Assert.True(source.Info.OptIn);
        Assert.Equal(["Device", "Rate"], source.Info.Settings.Select(setting => setting.Name));
    }

    [Theory]
    [InlineData("Rate", "7999")]
    [InlineData("Rate", "384001")]
    [InlineData("Rate", "48 kHz")]
    [InlineData("Rate", "-1")]
    [InlineData("Device", "")]
    [InlineData("Device", "  ")]
    public void Constructor_SettingOutOfRange_ThrowsAndNamesTheKey(string key, string value)
    {
        var failure = Assert.Throws<EntropyConfigurationException>(() => new AudioNoiseSource(Context((key, value))));

        Assert.Contains($"OpenEntropy:Sources:Settings:audio_noise:{key}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "there is no capture device hw:9: neither a sound card nor ALSA's configuration (asound.conf) leads to one")]
    [InlineData(13, "opening the capture device hw:9 is not permitted: this user may need the group audio")]
    [InlineData(16, "the capture device hw:9 is in use by another program")]
    [InlineData(19, "the capture device hw:9 was unplugged")]
    [InlineData(22, "opening the capture device hw:9 failed: Invalid argument")]
    public void WhyNotOpened_Errno_SaysWhatItMeans(int error, string reason) =>
        Assert.Equal(reason, AlsaErrors.WhyNotOpened("hw:9", -error));

    [LinuxFact]
    public void Info_OfAMicrophone_IsPrivateAndOfNoWiderMeasurement()
    {
        NoiseSource source = new AudioNoiseSource(Context());

        Assert.True(source.Info.Private);
        Assert.False(source is MeasuredSource);
    }

    [LinuxFact]
    public void Collect_ThrowsHalfWay_KeepsNothingOfWhatWasHeard()
    {
        // The first 512 frames are read whole, and the stream ends with the next.
        var capture = new ScriptedCapture(s_stereo) { EndlessError = Unplugged }
            .Then(s_sound)
            .Then(Enumerable.Repeat((short)0x1234, 512));
        var source = Opened(capture);

        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[600]));

        var frames = (byte[])
            typeof(AudioNoiseSource)
                .GetField("_frames", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
                .GetValue(source)!;
        Assert.NotEmpty(frames);
        Assert.False(frames.AsSpan().ContainsAnyExcept((byte)0));
        source.Close();
    }

    [LibraryFact(AlsaLibrary.File, "libasound2")] // what is played is no ALSA device, but without the library the source is unavailable
    public void WholePath_UnpluggedAndPluggedInAgain_FailsWithTheReasonAndReturns()
    {
        var (plugged, opened) = (true, new List<LivelyCapture>());
        PcmCapture Start(string device, int rate)
        {
            if (!plugged)
                throw new NoiseSourceException(AlsaErrors.WhyNotOpened(device, Unplugged));
            opened.Add(new LivelyCapture(s_stereo, () => plugged ? null : Unplugged));
            return opened[^1];
        }

        using var turns = new TurnTaker(new AudioNoiseSource(Context(("Device", "hw:9")), Start));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal(0, turns.Credit);

        plugged = false;
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal("the capture device hw:9 was unplugged; next attempt in 1 s", turns.Status.Reason);
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Time.PendingTimers == 1 && turns.Status.Reason!.EndsWith("next attempt in 2 s", StringComparison.Ordinal));
        Assert.All(opened, capture => Assert.True(capture.IsDisposed));

        plugged = true;
        turns.Time.Advance(TimeSpan.FromSeconds(2));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
    }

    private static void AssertRestarts(int error)
    {
        var capture = new ScriptedCapture(s_stereo)
            .Then(s_sound)
            .Then([10, 11])
            .Then(error)
            .Then([20, 21, 22, 23, 24, 25, 26, 27]) // the first hundredth of a second
            .Then([30, 31]);
        var source = Opened(capture);

        Assert.Equal([2, 3], Collect(source));
        Assert.Equal([2, 3], Collect(source));
        Assert.Equal(1, capture.Restarts);
        source.Close();
    }

    private static void AssertFails(ScriptedCapture capture, string reason)
    {
        var source = Opened(capture);

        Assert.Equal(reason, Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[8])).Message);
        source.Close();
        Assert.True(capture.IsDisposed);
    }

    private static AudioNoiseSource Opened(ScriptedCapture capture)
    {
        var source = new AudioNoiseSource(Context(("Device", "hw:9")), (_, _) => capture);
        source.Open();
        return source;
    }

    private static byte[] Collect(AudioNoiseSource source)
    {
        var samples = new byte[8];
        return samples[..source.Collect(samples)];
    }

    private static NoiseContext Context(params (string Key, string Value)[] settings) =>
        new(
            AppContext.BaseDirectory,
            settings.ToDictionary(setting => $"audio_noise:{setting.Key}", setting => setting.Value, StringComparer.OrdinalIgnoreCase)
        );
}
