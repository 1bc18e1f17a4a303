using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Evidence.Sources;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

[Collection(HardwareAlone.Name)]
public sealed class SourceRecorderTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Theory]
    [Trait("Category", "Hardware")]
    [MemberData(nameof(CatalogFixture.RecordedNames), MemberType = typeof(CatalogFixture))]
    public void Take_OfEverySource_WritesSamplesThatAreTheDigitizedMeasurements(string name)
    {
        using var directory = new TemporaryDirectory();
        var recording = SourceRecorder.Take(catalog[name], 64, s_limit, TimeProvider.System);
        var path = new RecordingFolder(directory.Path).Write(recording);

        var samples = RecordingFile.Read(path).Samples.ToArray();
        Assert.NotEmpty(samples);
        if (catalog[name] is not MeasuredSource source)
        {
            Assert.False(File.Exists(path + ".wide.bin"));
            return;
        }

        var (header, measurements) = WideRecordingFile.Read(path);
        Assert.Equal(name, header.Source);
        Assert.Equal(samples, measurements.Select(source.Digitize));
        Assert.Equal(source.Info.IsTimedByTickCounter ? "ticks" : null, header.Unit);
    }

    [Fact]
    public void Take_OfAPrivateSource_IsRefusedAndOpensNothing()
    {
        var source = new ScriptedNoiseSource("ear") { Private = true };

        Assert.Contains(
            "may tell of people",
            Assert.Throws<ArgumentException>(() => SourceRecorder.Take(source, 100, s_limit, TimeProvider.System)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, source.Opened);
        Assert.Equal($"private: {NoiseSourceInfo.WhyPrivate}", SelectedSources.WhyWithout(source));
    }

    [Theory]
    [InlineData("audio_noise")]
    [InlineData("camera_noise")]
    [InlineData("hid_timing")]
    [InlineData("bluetooth_noise")]
    [InlineData("wifi_rssi")]
    public void WhyWithout_OfWhatHearsSeesOrFollowsPeople_SaysThatItIsPrivate(string name) =>
        Assert.StartsWith("private: ", SelectedSources.WhyWithout(catalog[name]), StringComparison.Ordinal);

    [Fact]
    public void Take_OfEveryMeasurement_IsConsecutiveAfterTheFirst()
    {
        var recording = SourceRecorder.Take(new ScriptedMeasuredSource(at => 1000 * at), 5_000, s_limit, TimeProvider.System);

        Assert.Null(recording.Shortfall);
        Assert.Equal(Enumerable.Range(1, 5_000).Select(at => 1000L * at), recording.Measurements!);
        Assert.Equal(recording.Measurements!.Select(value => (byte)value), recording.Samples);
    }

    [Fact]
    public void Take_FromASlowSource_KeepsWhatCame()
    {
        var time = new ManualResetEventSlim();
        var source = new ScriptedMeasuredSource(at =>
        {
            time.Wait(TimeSpan.FromMilliseconds(2)); // a slow operation
            return at;
        });

        var recording = SourceRecorder.Take(source, 1_000_000, TimeSpan.FromMilliseconds(100), TimeProvider.System);

        Assert.InRange(recording.Samples.Length, 1, 1_000);
        Assert.Equal(recording.Samples.Length, recording.Measurements!.Length);
        Assert.Equal("0.1 s were over", recording.Shortfall);
        Assert.False(recording.HasFailed);
    }

    [Fact]
    public void Take_FromASourceThatFails_SaysWhyAndClosesIt()
    {
        var source = new ScriptedNoiseSource("broken") { OpenFailure = new NoiseSourceException("no device") };

        var recording = SourceRecorder.Take(source, 100, s_limit, TimeProvider.System);

        Assert.True(recording.HasFailed);
        Assert.Equal(("no device", 0, 1), (recording.Shortfall, recording.Samples.Length, source.Closed));
    }

    [Fact]
    public void Take_FromASourceOfBytes_HasNoWiderMeasurements()
    {
        var recording = SourceRecorder.Take(new ScriptedNoiseSource("bytes") { AtMost = 7 }, 1_000, s_limit, TimeProvider.System);

        Assert.Equal((1_000, null), (recording.Samples.Length, recording.Measurements));
    }
}
