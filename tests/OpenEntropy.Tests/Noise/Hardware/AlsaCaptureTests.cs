using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>
/// The source over ALSA's own plug-ins: null, which gives silence, and file, which plays a constructed recording in as if it were captured.
/// They change the process's environment, so nothing else runs beside them.
/// </summary>
[Collection(HardwareAlone.Name)]
public sealed class AlsaCaptureTests : IDisposable
{
    private const string Library = AlsaLibrary.File;
    private const string Packages = "libasound2, libasound2-data";
    private const int SourceStackBytes = 256 * 1024; // what NoiseSourceThread gives
    private const int Settling = 480; // a hundredth of a second of 48,000
    private const int SilenceCheck = 512;

    private readonly AlsaConfiguration _alsa = new(directory =>
        $$"""
            pcm.silent { type null }
            pcm.constructed { type file slave.pcm { type null } file "/dev/null" format raw infile "{{directory.File("recording.raw")}}" }
            pcm.floating { type lfloat slave { pcm { type null } format S16_LE } }
            pcm.nocard { type hw card 7 }
            pcm.nowhere { type plug slave.pcm "elsewhere" }
            """
    );

    public void Dispose() => _alsa.Dispose();

    [LibraryFact(Library, Packages)]
    public void Collect_ConstructedRecording_GivesItsLowestTwoBits()
    {
        var recording = WriteRecording(20_000);
        var source = Source("constructed");
        source.Open();
        var samples = new byte[1000];

        CatalogFixture.Fill(source, samples);
        source.Close();

        Assert.Equal(recording.Skip(Settling + SilenceCheck).Take(samples.Length).Select(frame => (byte)(frame & 3)), samples);
    }

    [LibraryFact(Library, Packages)]
    public void Collect_RecordingBecomesSilent_GivesZerosAndNoOldFrames()
    {
        WriteRecording(Settling + SilenceCheck + 100);
        var source = Source("constructed");
        source.Open();
        var samples = new byte[2000];

        CatalogFixture.Fill(source, samples);
        source.Close();

        // That they are all the same is for the health tests to notice.
        Assert.All(samples[SilenceCheck..], sample => Assert.Equal(0, sample));
    }

    [LibraryFact(Library, Packages)]
    public void Collect_InSteadyState_AllocatesNothing()
    {
        WriteRecording(20_000);
        var source = Source("constructed");
        source.Open();
        var samples = new byte[512];
        _ = source.Collect(samples);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = source.Collect(samples);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        source.Close();

        Assert.Equal(0, allocated);
    }

    [LibraryFact(Library, Packages)]
    public void Open_NullDevice_IsRefusedAsSilence() =>
        AssertRefused("silent", "the capture device silent gives digital silence: the lowest 2 bits of all frames are 0");

    [LibraryFact(Library, Packages)]
    public void Open_WrongFormatOffered_SaysWhatIsRead() =>
        AssertRefused("floating", "the capture device floating offers none of S16_LE, S24_3LE and S32_LE");

    [LibraryFact(Library, Packages)]
    public void Open_ConfigurationThatPointsNowhere_SaysSo() =>
        AssertRefused(
            "nowhere",
            "there is no capture device nowhere: neither a sound card nor ALSA's configuration (asound.conf) leads to one"
        );

    [LibraryFact(Library, Packages)]
    public void Open_CardThatIsNotThere_SaysSo() =>
        Assert.Contains("no capture device nocard", Refusal("nocard"), StringComparison.Ordinal);

    [LibraryFact(Library, Packages)]
    public void Open_NameThatIsNotConfigured_SaysSo() =>
        Assert.Contains("no capture device unheard", Refusal("unheard"), StringComparison.Ordinal);

    [LibraryFact(Library, Packages)]
    public void Open_NotPermitted_SaysSoAndWorksOnceItIs()
    {
        WriteRecording(20_000);
        File.SetUnixFileMode(Recording, UnixFileMode.None);
        WithoutPrivilege.Run(() =>
            AssertRefused("constructed", "opening the capture device constructed is not permitted: this user may need the group audio")
        );

        File.SetUnixFileMode(Recording, UnixFileMode.UserRead);
        var source = Source("constructed");
        source.Open();
        Assert.Equal(1, source.Collect(new byte[1]));
        source.Close();
    }

    [LibraryFact(Library, Packages)]
    public void Open_OnASmallStack_Opens()
    {
        WriteRecording(20_000);
        var count = 0;
        var thread = new Thread(
            () =>
            {
                var source = Source("constructed");
                source.Open();
                count = source.Collect(new byte[8]);
                source.Close();
            },
            SourceStackBytes
        );
        thread.Start();
        thread.Join();

        Assert.Equal(8, count);
    }

    [LibraryFact(Library, Packages)]
    public void Close_AfterAThousandRounds_LeavesNothingOpen()
    {
        WriteRecording(2_000);
        var before = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        for (var round = 0; round < 500; round++)
        {
            var source = Source("constructed");
            source.Open();
            Assert.Equal(1, source.Collect(new byte[1]));
            source.Close();
            var silent = Source("silent");
            Assert.Throws<NoiseSourceException>(silent.Open);
            silent.Close();
        }

        Assert.Equal(0, OpenFiles.CountOf(Recording));
        Assert.InRange(Directory.GetFileSystemEntries("/proc/self/fd").Length, 0, before + 10); // the test host opens some of its own
    }

    [LibraryFact(Library, Packages)]
    public void WhyUnavailable_DeviceNamed_LeavesItToTheOpening() => Assert.Null(Source("constructed").WhyUnavailable());

    private string Recording => _alsa.PathOf("recording.raw");

    /// <summary>S16_LE frames whose low bytes count up by 7.</summary>
    private short[] WriteRecording(int frames)
    {
        var recording = Enumerable.Range(0, frames).Select(i => (short)((i % 128 << 8) | (7 * i & 0xFF))).ToArray();
        File.WriteAllBytes(Recording, [.. recording.SelectMany(frame => new[] { (byte)frame, (byte)(frame >> 8) })]);
        return recording;
    }

    private static void AssertRefused(string device, string reason) => Assert.Equal(reason, Refusal(device));

    private static string Refusal(string device)
    {
        var source = Source(device);
        var failure = Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
        return failure.Message;
    }

    private static AudioNoiseSource Source(string device) =>
        new(
            new NoiseContext(
                AppContext.BaseDirectory,
                new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["audio_noise:Device"] = device }
            )
        );
}
