using System.Diagnostics;
using System.Reflection;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The whole way, against a controller's place taken by the test.</summary>
public sealed class BluetoothNoiseSourceTests : IDisposable
{
    private static readonly TimeSpan s_ample = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private BluetoothNoiseSource? _source;

    public void Dispose()
    {
        _source?.Close();
        _directory.Dispose();
    }

    [Fact]
    public void WhyUnavailable_NoController_SaysSo()
    {
        Assert.Equal($"there is no Bluetooth controller in {_directory.Path}", Source(_ => -1).WhyUnavailable());
        Assert.NotNull(new BluetoothNoiseSource(_directory.File("none"), _ => -1, s_ample).WhyUnavailable());
        Assert.Throws<NoiseSourceException>(Source(_ => -1).Open);
    }

    [Fact]
    public void Open_SeveralControllers_TakesTheLowestNumber()
    {
        foreach (var name in (string[])["hci10", "hci2", "hci2:64", "hci", "hcix"])
            Directory.CreateDirectory(_directory.File(name));
        var asked = -1;
        _source = Source(device =>
        {
            asked = device;
            throw new NoiseSourceException("opening failed");
        });

        Assert.Null(_source.WhyUnavailable());
        Assert.Throws<NoiseSourceException>(_source.Open);
        Assert.Equal(2, asked);
    }

    [Fact]
    public void Info_Always_ClaimsNothingAndWaitsToBeAsked()
    {
        var info = new BluetoothNoiseSource().Info;

        Assert.Equal((0.0, true, true), (info.ClaimedMinEntropy, info.OptIn, info.Private));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_Controller_IsMadeToListenPassivelyAndCloseEndsIt(bool extended)
    {
        using var controller = new EmulatedPeer(command => [Answer(command, extended)]);
        Open(controller);
        _source!.Close();

        Assert.True(controller.IsClosed());
        Assert.Equal(
            extended
                ?
                [
                    HciPackets.ReadSupportedCommands.ToArray(),
                    HciPackets.SetExtendedParameters.ToArray(),
                    HciPackets.EnableExtended.ToArray(),
                    HciPackets.DisableExtended.ToArray(),
                ]
                :
                [
                    HciPackets.ReadSupportedCommands.ToArray(),
                    HciPackets.SetParameters.ToArray(),
                    HciPackets.Enable.ToArray(),
                    HciPackets.Disable.ToArray(),
                ],
            controller.Received
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Collect_Advertisements_GivesOneSampleForEachArrival(bool extended)
    {
        using var controller = new EmulatedPeer(command => [Answer(command, extended)]);
        Open(controller);
        using var air = new Air(
            controller,
            extended ? HciBytes.Extended(HciBytes.ExtendedReport(-60, 1)) : HciBytes.Advertisements(HciBytes.Report(-60, 1))
        );

        CatalogFixture.Fill(_source!, new byte[20]);
    }

    [Fact]
    public void Measure_Advertisements_GivesTheTimesBetweenThem()
    {
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        Open(controller);
        using var air = new Air(controller, HciBytes.Advertisements(HciBytes.Report(-60, 1)));
        var values = new long[8];

        var start = TickCounter.Read();
        var count = _source!.Measure(values);
        var elapsed = TickCounter.Read() - start;

        Assert.InRange(count, 1, values.Length);
        Assert.All(values[..count], value => Assert.InRange(value, 1, elapsed));
        Assert.InRange(values[..count].Sum(), 1, elapsed);
    }

    [Fact]
    public void Collect_InSteadyState_AllocatesNothing()
    {
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        Open(controller);
        using var air = new Air(controller, HciBytes.Advertisements(HciBytes.Report(-60, 1)));
        var samples = new byte[4];
        _ = _source!.Collect(samples);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = _source.Collect(samples);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Collect_Advertisements_KeepsNothingOfThem()
    {
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        Open(controller);
        using (new Air(controller, HciBytes.Advertisements(HciBytes.Report(-60, "somebody's name"u8.ToArray()))))
            _ = _source!.Collect(new byte[1]);

        var arrays = typeof(BluetoothNoiseSource)
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(field => field.GetValue(_source))
            .OfType<byte[]>();
        Assert.False(Assert.Single(arrays).AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Collect_WhatCameBefore_IsThrownAway()
    {
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        AddController();
        _source = Source(_ => controller.Connect(), TimeSpan.FromMilliseconds(200));
        _source.Open();
        for (var i = 0; i < 3; i++)
            controller.Send(HciBytes.Advertisements(HciBytes.Report(-60, 1)));

        Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1]));
    }

    [Fact]
    public void Collect_QuietAir_ThrowsInTimeAndWorksWhenReopened()
    {
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        AddController();
        _source = Source(_ => controller.Connect(), TimeSpan.FromMilliseconds(50));
        _source.Open();
        var start = Stopwatch.GetTimestamp();

        Assert.Equal("no advertisement for 0.05 s", Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1])).Message);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(50), _source.Info.Deadline);

        _source.Close();
        _source = Source(_ => controller.Connect());
        _source.Open();
        using var air = new Air(controller, HciBytes.Advertisements(HciBytes.Report(-60, 1)));
        Assert.Equal(1, _source.Collect(new byte[1]));
    }

    [Fact]
    public void Collect_OnlyGarbledEvents_ThrowsAndCountsThem()
    {
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        AddController();
        _source = Source(_ => controller.Connect(), TimeSpan.FromMilliseconds(200));
        _source.Open();
        for (var i = 0; i < 3; i++)
            controller.Send([0x04, 0x3E, 0x02, 0x02, 0x0A]);

        Assert.Matches(
            "^no advertisement for 0.2 s, and 3 garbled events$",
            Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1])).Message
        );
    }

    [Fact]
    public void Open_SomebodyElseScans_ListensAlongAndLeavesTheScanOn()
    {
        using var controller = new EmulatedPeer(command =>
            [command[1] == 0x0B ? HciBytes.Complete(command, HciPackets.Disallowed) : Answer(command)]
        );
        Open(controller);
        using (new Air(controller, HciBytes.Advertisements(HciBytes.Report(-60, 1))))
            Assert.Equal(1, _source!.Collect(new byte[1]));

        _source!.Close();

        Assert.True(controller.IsClosed());
        Assert.DoesNotContain(controller.Received, command => command[1] == 0x0C);
    }

    [Theory]
    [InlineData(0x02)] // the first command is refused
    [InlineData(0x0B)]
    [InlineData(0x0C)]
    public void Open_CommandRefused_ThrowsTheStatusAndLeavesNothing(byte refused)
    {
        using var controller = new EmulatedPeer(command => [command[1] == refused ? HciBytes.Status(command, 0x11) : Answer(command)]);
        AddController();
        _source = Source(_ => controller.Connect());

        Assert.Equal("hci0 refuses to listen with status 0x11", Assert.Throws<NoiseSourceException>(_source.Open).Message);
        _source.Close();

        Assert.True(controller.IsClosed());
        Assert.DoesNotContain(controller.Received, command => command.AsSpan().SequenceEqual(HciPackets.Disable));
    }

    [Fact]
    public void Open_AnswersToOthersAndAdvertisementsBetween_ArePassedOver()
    {
        using var controller = new EmulatedPeer(command =>
            [
                HciBytes.Complete(HciPackets.DisableExtended.ToArray(), 0x0C),
                HciBytes.Advertisements(HciBytes.Report(-60, 1)),
                [0x04],
                Answer(command),
            ]
        );
        Open(controller);

        Assert.Equal(3, controller.Received.Count);
    }

    [Fact]
    public void Open_ControllerDoesNotAnswer_Throws()
    {
        using var controller = new EmulatedPeer(_ => []);
        AddController();
        _source = Source(_ => controller.Connect());

        Assert.Equal("hci0 does not answer the command 0x1002", Assert.Throws<NoiseSourceException>(_source.Open).Message);
    }

    [Fact]
    public void Collect_Unplugged_ThrowsAndCloseCopes()
    {
        // The second message it gets ends the connection; the source sends none but its commands.
        using var controller = new EmulatedPeer(command => command[1] == 0x0C ? [Answer(command), []] : [Answer(command)]);
        Open(controller);

        Assert.Equal("hci0 is gone", Assert.Throws<NoiseSourceException>(() => _source!.Collect(new byte[1])).Message);
        _source!.Close();
        Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_AnswerToTheScanIsLost_ThrowsAndCloseEndsTheScan(bool extended)
    {
        var enable = extended ? HciPackets.EnableExtended.ToArray() : HciPackets.Enable.ToArray();
        using var controller = new EmulatedPeer(command => command.AsSpan().SequenceEqual(enable) ? [] : [Answer(command, extended)]);
        AddController();
        _source = Source(_ => controller.Connect());

        Assert.Contains("does not answer the command", Assert.Throws<NoiseSourceException>(_source.Open).Message, StringComparison.Ordinal);
        _source.Close();

        Assert.True(controller.IsClosed());
        Assert.Equal(extended ? HciPackets.DisableExtended.ToArray() : HciPackets.Disable.ToArray(), controller.Received.Last());
    }

    [Theory]
    [InlineData(1, "scanning by hci0 needs the capability CAP_NET_RAW")] // EPERM
    [InlineData(100, "hci0 is off: switch it on, for example by bluetoothctl power on")] // ENETDOWN
    [InlineData(19, "hci0 was unplugged")] // ENODEV
    [InlineData(32, "hci0 was unplugged")] // EPIPE
    [InlineData(22, "sending a command to hci0 failed: Invalid argument")] // EINVAL
    public void WhyFailed_Errno_SaysWhatItMeans(int error, string reason) =>
        Assert.Equal(reason, BluetoothControllers.WhyFailed("hci0", "sending a command to", error));

    [Fact]
    public void Close_AThousandTimesOpened_EndsEveryScanAndLeavesNothingOpen()
    {
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        var ours = new List<int>();
        AddController();
        _source = Source(_ =>
        {
            ours.Add(controller.Connect());
            return ours[^1];
        });
        for (var round = 0; round < 1000; round++)
        {
            _source.Open();
            _source.Close();
            Assert.True(controller.IsClosed());
            controller.Forget();
        }

        Assert.Equal(1000, controller.Received.Count(command => command.AsSpan().SequenceEqual(HciPackets.Disable)));
        Assert.InRange(ours.Max(), 0, ours[0] + 100); // the kernel hands out the lowest free number, and other tests have some
    }

    [Fact]
    public void WholePath_UnpluggedAndPluggedInAgain_FailsWithTheReasonAndRecovers()
    {
        var plugged = true;
        using var controller = new EmulatedPeer(command => [Answer(command)]);
        AddController();
        using var turns = new TurnTaker(Source(_ => plugged ? controller.Connect() : throw new NoiseSourceException("hci0 was unplugged")));
        using (new Air(controller, HciBytes.Advertisements(HciBytes.Report(-60, 1)), every: 1))
            turns.Until(() => turns.Tested > 8, atMost: 4);

        plugged = false;
        controller.End();
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal("hci0 is gone; next attempt in 1 s", turns.Status.Reason);
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Time.PendingTimers == 1 && turns.Status.Reason == "hci0 was unplugged; next attempt in 2 s");

        plugged = true;
        var tested = turns.Tested;
        turns.Time.Advance(TimeSpan.FromSeconds(2));
        using (new Air(controller, HciBytes.Advertisements(HciBytes.Report(-60, 1)), every: 1))
            turns.Until(() => turns.Tested > tested + 8, atMost: 4);
        Assert.Equal(0, turns.Credit);
    }

    [LinuxFact]
    public void Open_NoSuchController_ThrowsAndNamesIt()
    {
        Assert.Contains(
            "hci999",
            Assert.Throws<NoiseSourceException>(() => BluetoothControllers.Open(999)).Message,
            StringComparison.Ordinal
        );
    }

    private void Open(EmulatedPeer controller)
    {
        AddController();
        _source = Source(_ => controller.Connect());
        _source.Open();
    }

    private void AddController() => Directory.CreateDirectory(_directory.File("hci0"));

    private BluetoothNoiseSource Source(Func<int, int> openSocket, TimeSpan? quiet = null) =>
        new(_directory.Path, openSocket, quiet ?? s_ample);

    private static byte[] Answer(byte[] command, bool extended = false) =>
        command[1] == 0x02 ? HciBytes.Complete(command, HciBytes.SupportedCommands(extended)) : HciBytes.Complete(command, 0);

    /// <summary>Something that is heard every 2 ms or so, until it is disposed of.</summary>
    private sealed class Air : IDisposable
    {
        private readonly Timer _timer;

        public Air(EmulatedPeer controller, byte[] heard, int every = 2) => _timer = new Timer(_ => controller.Send(heard), null, 0, every);

        public void Dispose()
        {
            using var ended = new ManualResetEvent(initialState: false);
            if (_timer.Dispose(ended))
                _ = ended.WaitOne();
        }
    }
}
