using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The source and its Video4Linux part over a constructed camera of 32 by 16 pixels: 8 pixels are in the walk.</summary>
public sealed class CameraNoiseSourceTests
{
    private const string Device = "/dev/video9";
    private const string Present = "/dev/full"; // no camera, but a device that is there
    private const int Width = 32;
    private const int Height = 16;
    private const int Broken = 0x40; // V4L2_BUF_FLAG_ERROR
    private const int NoDevice = 19;
    private const int Busy = 16;

    [Theory]
    [InlineData("YUYV", 0)]
    [InlineData("YUYV", 80)] // 16 bytes of padding after each line
    [InlineData("GREY", 0)]
    [InlineData("GREY", 40)]
    public void Collect_Pairs_GivesTheLowestTwoBitsOfTheDifferences(string format, int bytesPerLine)
    {
        byte[] Frame(int value) => FrameOf(value, format, bytesPerLine);
        var camera = new ConstructedCamera { Formats = ["MJPG", format], BytesPerLine = bytesPerLine }
            .Then(Frame(10))
            .Then(Frame(13))
            .Then(Frame(100))
            .Then(Frame(90));
        var source = Opened(camera);

        Assert.Equal(Expected(10, 13), Collect(source));
        Assert.Equal(Expected(100, 90), Collect(source));
        source.Close();

        AssertNothingLeft(camera);
    }

    [LinuxFact]
    public void Collect_FewerThanAPairHolds_TakesTheRestNext()
    {
        var source = Opened(new ConstructedCamera().Then(FrameOf(1)).Then(FrameOf(2)));

        Assert.Equal(5, source.Collect(new byte[5]));
        Assert.Equal(3, source.Collect(new byte[3]));
        source.Close();
    }

    [LinuxFact]
    public void Collect_BrokenAndTruncatedFrames_AreLeftOut()
    {
        var camera = new ConstructedCamera()
            .Then(FrameOf(1), Broken)
            .Then(FrameOf(2)[..^1])
            .Then([])
            .Then(FrameOf(10))
            .Then(error: 5) // EIO: the signal was lost for a moment
            .Then(FrameOf(77), Broken)
            .Then(FrameOf(12));
        var source = Opened(camera);

        Assert.Equal(Expected(10, 12), Collect(source));
        source.Close();
        AssertNothingLeft(camera);
    }

    [LinuxFact]
    public void Collect_BrokenFramesOnly_Throws() =>
        AssertFails(
            Enumerable.Range(0, 20).Aggregate(new ConstructedCamera(), (camera, i) => camera.Then(FrameOf(i), Broken)),
            "the camera /dev/video9 gives broken or truncated frames only"
        );

    [LinuxFact]
    public void Collect_AFrameTwice_GivesNoSamplesForIt()
    {
        var source = Opened(new ConstructedCamera().Then(FrameOf(1)).Then(FrameOf(1)).Then(FrameOf(4)).Then(FrameOf(4)).Then(FrameOf(4)));

        Assert.Equal(Expected(1, 4), Collect(source));
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[8]));
        source.Close();
    }

    [LinuxFact]
    public void Collect_OneFrameForEver_Throws() =>
        AssertFails(
            Enumerable.Range(0, 20).Aggregate(new ConstructedCamera(), (camera, _) => camera.Then(FrameOf(5))),
            "the camera /dev/video9 repeats frames: 6 in a row are the same"
        );

    [LinuxFact]
    public void Collect_NoFrame_Throws() =>
        AssertFails(new ConstructedCamera().Then(FrameOf(5)), "the camera /dev/video9 gave no two frames within 2 s");

    [LinuxFact]
    public void Collect_Unplugged_ThrowsAndWorksAgainWhenItIsBack()
    {
        var gone = new ConstructedCamera().Then(FrameOf(1)).Then(FrameOf(2)).Then(NoDevice);
        var cameras = new Queue<ConstructedCamera>([gone, new ConstructedCamera().Then(FrameOf(5)).Then(FrameOf(9))]);
        var source = new CameraNoiseSource(Context(Device), _ => cameras.Dequeue());
        source.Open();
        Assert.Equal(Expected(1, 2), Collect(source));

        var failure = Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[8]));
        Assert.Equal("the camera /dev/video9 was unplugged", failure.Message);
        source.Close();
        AssertNothingLeft(gone);

        source.Open();
        Assert.Equal(Expected(5, 9), Collect(source));
        source.Close();
    }

    [LinuxFact]
    public void Collect_UnpluggedWhileWaiting_Throws() =>
        AssertFails(new ConstructedCamera { WaitResult = -NoDevice }, "the camera /dev/video9 was unplugged");

    [LinuxFact]
    public void Collect_UnpluggedAsItsBufferGoesBack_Throws()
    {
        var camera = new ConstructedCamera().Then(FrameOf(1)).Then(FrameOf(2));
        var source = Opened(camera);
        _ = camera.Failing(V4l2.Queue, NoDevice).Failing(V4l2.StreamOff, NoDevice);

        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[8]));
        source.Close();
        Assert.Equal(0, camera.Mappings);
        Assert.True(camera.IsDisposed);
    }

    [LinuxFact]
    public void Open_WrongFormatOffered_SaysWhatIsOffered() =>
        AssertRefused(new ConstructedCamera { Formats = ["MJPG"] }, "the camera /dev/video9 offers neither YUYV nor GREY but MJPG");

    [Theory]
    [InlineData(V4l2.SetFormat)]
    [InlineData(V4l2.RequestBuffers)]
    [InlineData(V4l2.StreamOn)]
    public void Open_InUse_SaysSo(uint request) =>
        AssertRefused(new ConstructedCamera().Failing(request, Busy), "the camera /dev/video9 is in use by another program");

    [Theory]
    [InlineData(V4l2.QueryCapability)]
    [InlineData(V4l2.SetFormat)]
    [InlineData(V4l2.RequestBuffers)]
    [InlineData(V4l2.QueryBuffer)]
    [InlineData(V4l2.Queue)]
    [InlineData(V4l2.StreamOn)]
    public void Open_UnpluggedAtAnyStep_LeavesNothing(uint request) =>
        AssertRefused(new ConstructedCamera().Failing(request, NoDevice), "the camera /dev/video9 was unplugged");

    [LinuxFact]
    public void Open_NoVideoDevice_SaysSo() =>
        AssertRefused(new ConstructedCamera().Failing(V4l2.QueryCapability, 25), "/dev/video9 is no video device");

    [Theory]
    [InlineData(0x8420_0001, 0x0080_0000)] // the device captures, but this node only tells about it
    [InlineData(0x0000_0001, 0)] // no streaming
    [InlineData(0x0400_0002, 0)] // shows pictures, takes none
    public void Open_NodeThatDoesNotStreamWhatItCaptures_SaysSo(uint device, uint node) =>
        AssertRefused(
            new ConstructedCamera { Capabilities = device, NodeCapabilities = node },
            "/dev/video9 is a video device that does not stream what it captures"
        );

    [LinuxFact]
    public void Open_OneBufferOnly_IsRefused() =>
        AssertRefused(new ConstructedCamera { BuffersGiven = 1 }, "the camera /dev/video9 has memory for 1 frames only");

    [LinuxFact]
    public void Open_BuffersSmallerThanFrames_IsRefused() =>
        AssertRefused(new ConstructedCamera { Width = 640, Height = 480 }, "the camera /dev/video9 has buffers smaller than its frames");

    [LinuxFact]
    public void Open_NoPixels_IsRefused() =>
        AssertRefused(new ConstructedCamera { Width = 0 }, "the camera /dev/video9 cannot be read: its frames have 0 by 16 pixels");

    [LinuxFact]
    public void Open_MappingRefused_LeavesNothing()
    {
        var camera = new ConstructedCamera { RefusesMapping = true };
        var source = new CameraNoiseSource(Context(Device), _ => camera);

        Assert.Contains("mapping a buffer", Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
        AssertNothingLeft(camera);
    }

    [LinuxFact]
    public void Collect_InSteadyState_AllocatesNothing()
    {
        var camera = Enumerable.Range(0, 8).Aggregate(new ConstructedCamera(), (all, i) => all.Then(FrameOf(i)));
        var source = Opened(camera);
        var samples = new byte[8];
        _ = source.Collect(samples);
        _ = source.Collect(samples);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = source.Collect(samples);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        source.Close();

        Assert.Equal(0, allocated);
    }

    [LinuxFact]
    public void Open_NoSuchDevice_SaysSo()
    {
        var source = new CameraNoiseSource(Context("/dev/openentropy-no-camera"));

        Assert.Equal("there is no camera: /dev/openentropy-no-camera does not exist", source.WhyUnavailable());
        Assert.Equal("there is no camera /dev/openentropy-no-camera", Assert.Throws<NoiseSourceException>(source.Open).Message);
        source.Close();
    }

    [LinuxFact]
    public void Open_DeviceThatIsNoCamera_SaysSoAndLeavesNothingOpen()
    {
        var source = new CameraNoiseSource(Context("/dev/full"));
        var before = OpenFiles.CountOf("/dev/full");

        Assert.Null(source.WhyUnavailable());
        Assert.Equal("/dev/full is no video device", Assert.Throws<NoiseSourceException>(source.Open).Message);
        source.Close();

        Assert.Equal(before, OpenFiles.CountOf("/dev/full"));
    }

    [LinuxFact]
    public void Close_AThousandTimesOpened_LeavesNothing()
    {
        var camera = new ConstructedCamera();
        var source = new CameraNoiseSource(Context(Device), _ => camera);
        var refused = new CameraNoiseSource(Context("/dev/full"));
        var before = OpenFiles.CountOf("/dev/full");
        for (var round = 0; round < 1000; round++)
        {
            source.Open();
            source.Close();
            Assert.Throws<NoiseSourceException>(refused.Open);
            refused.Close();
        }

        AssertNothingLeft(camera);
        Assert.Equal(before, OpenFiles.CountOf("/dev/full"));
    }

    [LinuxFact]
    public void WholePath_RepeatsFrames_FailsWithTheReasonAndRecovers()
    {
        var stuck = false;
        var frame = FrameOf(0);
        long position = 0;
        byte[] Next()
        {
            for (var i = 0; i < frame.Length && !stuck; i++)
                frame[i] = ScriptedNoiseSource.Lively(position++);
            return frame;
        }

        var cameras = new List<ConstructedCamera>();
        using var turns = new TurnTaker(
            new CameraNoiseSource(
                Context(Present),
                _ =>
                {
                    cameras.Add(new ConstructedCamera { Endless = Next });
                    return cameras[^1];
                }
            )
        );
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal(0, turns.Credit);

        stuck = true;
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal("the camera /dev/full repeats frames: 6 in a row are the same; next attempt in 1 s", turns.Status.Reason);
        Assert.All(cameras, AssertNothingLeft);

        stuck = false;
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
    }

    [LinuxFact]
    public void Open_NotPermitted_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        var device = directory.File("video");
        File.WriteAllBytes(device, []);
        File.SetUnixFileMode(device, UnixFileMode.None);
        var source = new CameraNoiseSource(Context(device));

        WithoutPrivilege.Run(() =>
            Assert.Equal(
                $"opening the camera {device} is not permitted: this user may need the group video",
                Assert.Throws<NoiseSourceException>(source.Open).Message
            )
        );
        source.Close();
        Assert.Equal(0, OpenFiles.CountOf(device));
    }

    [LinuxFact]
    public void Constructor_RelativePath_ThrowsAndNamesTheKey()
    {
        var failure = Assert.Throws<EntropyConfigurationException>(() => new CameraNoiseSource(Context("video0")));

        Assert.Contains("OpenEntropy:Sources:Settings:camera_noise:Device", failure.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Info_OfACamera_IsOptInPrivateAndWithoutClaimOrWiderMeasurement()
    {
        NoiseSource source = new CameraNoiseSource(Context(Device));
        var info = source.Info;

        Assert.True(info.OptIn);
        Assert.True(info.Private);
        Assert.False(source is MeasuredSource);
        Assert.Equal(0, info.ClaimedMinEntropy);
    }

    private static void AssertFails(ConstructedCamera camera, string reason)
    {
        var source = Opened(camera);

        Assert.Equal(reason, Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[8])).Message);
        source.Close();
        AssertNothingLeft(camera);
    }

    private static void AssertRefused(ConstructedCamera camera, string reason)
    {
        var source = new CameraNoiseSource(Context(Device), _ => camera);

        Assert.Equal(reason, Assert.Throws<NoiseSourceException>(source.Open).Message);
        source.Close();
        AssertNothingLeft(camera);
    }

    private static void AssertNothingLeft(ConstructedCamera camera)
    {
        Assert.Equal(0, camera.Mappings);
        Assert.False(camera.IsStreaming);
        Assert.True(camera.IsDisposed);
    }

    private static CameraNoiseSource Opened(ConstructedCamera camera)
    {
        var source = new CameraNoiseSource(Context(Device), _ => camera);
        source.Open();
        return source;
    }

    private static byte[] Collect(CameraNoiseSource source)
    {
        var samples = new byte[8];
        return samples[..source.Collect(samples)];
    }

    /// <summary>The pixel i of the walk has the luma value * (i + 1), low byte.</summary>
    private static byte[] FrameOf(int value, string format = "YUYV", int bytesPerLine = 0)
    {
        var bytesPerPixel = string.Equals(format, "YUYV", StringComparison.Ordinal) ? 2 : 1;
        var line = bytesPerLine == 0 ? Width * bytesPerPixel : bytesPerLine;
        var frame = Enumerable.Repeat((byte)0xEE, ((Height - 1) * line) + (Width * bytesPerPixel)).ToArray();
        for (var i = 0; i < 8; i++)
            frame[((4 + (i / 4 * 8)) * line) + ((4 + (i % 4 * 8)) * bytesPerPixel)] = (byte)(value * (i + 1));
        return frame;
    }

    private static IEnumerable<byte> Expected(int earlier, int later) =>
        Enumerable.Range(1, 8).Select(i => (byte)(((later * i) - (earlier * i)) & 3));

    private static NoiseContext Context(string device) =>
        new(
            AppContext.BaseDirectory,
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["camera_noise:Device"] = device }
        );
}
