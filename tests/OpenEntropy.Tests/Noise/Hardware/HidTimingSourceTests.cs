using System.Diagnostics;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The source over named pipes that send what event devices do.</summary>
public sealed class HidTimingSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Fifo _keyboard;
    private readonly Fifo _mouse;
    private long _time = 1_700_000_000_000_000;

    public HidTimingSourceTests()
    {
        _keyboard = new Fifo(_directory.File("event0"));
        _mouse = new Fifo(_directory.File("event1"));
    }

    private string All => _directory.File("event*");

    public void Dispose()
    {
        _keyboard.Dispose();
        _mouse.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Collect_TwoDevices_IntervalsOfEachAndNoneBetweenThem()
    {
        var source = Create(All);
        source.Open();
        try
        {
            var samples = new byte[16];
            Assert.Equal(0, source.Collect(samples));

            _keyboard.Write([.. InputEvents.At(1_000_000), .. InputEvents.At(1_000_003)]);
            _mouse.Write([.. InputEvents.At(1_000_001), .. InputEvents.At(1_000_001, 2, 0, -1), .. InputEvents.At(1_008_001)]);
            Assert.Equal(2, source.Collect(samples));
            Assert.Equal([3, 8000 % 256], samples[..2]);
            Assert.Equal(0, source.Collect(samples));
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Collect_MoreThanAsked_TheRestWaitsInTheDevice()
    {
        var source = Create(_keyboard.Path);
        source.Open();
        try
        {
            _keyboard.Write([.. Enumerable.Range(0, 100).SelectMany(i => InputEvents.At(1_000_000 + (i * 11)))]);
            var samples = new byte[40];
            Assert.Equal([40, 40, 19, 0], Enumerable.Range(0, 4).Select(_ => source.Collect(samples)));
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Collect_InSteadyState_AllocatesNothing()
    {
        var source = Create(All);
        source.Open();
        try
        {
            var samples = new byte[16];
            byte[] events = [.. InputEvents.At(1_000_000), .. InputEvents.At(1_000_003)];
            _keyboard.Write(events);
            _ = source.Collect(samples);
            _keyboard.Write(events);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = source.Collect(samples);
            _ = source.Collect(samples);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Collect_OneDeviceUnplugged_GoesOnWithTheOther()
    {
        var source = Create(All);
        source.Open();
        try
        {
            var samples = new byte[4];
            _mouse.Unplug();
            Assert.Equal(0, source.Collect(samples));
            Assert.Equal((1, 0), (_keyboard.OthersOpen, _mouse.OthersOpen));

            _keyboard.Write([.. InputEvents.At(1_000_000), .. InputEvents.At(1_000_009)]);
            Assert.Equal(1, source.Collect(samples));

            _keyboard.Unplug();
            Assert.Contains(
                "no input device",
                Assert.Throws<NoiseSourceException>(() => source.Collect(samples)).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Collect_OneDeviceUnpluggedAndPluggedInAgain_IsListenedToOnceItIsLookedFor()
    {
        var time = new ManualTimeProvider();
        var source = new HidTimingSource(SourceSettings.Of(("hid_timing:Devices", All)), time);
        source.Open();
        try
        {
            var samples = new byte[4];
            _mouse.Unplug();
            Assert.Equal(0, source.Collect(samples));
            _mouse.Plug();
            _mouse.Write([.. InputEvents.At(1_000_000), .. InputEvents.At(1_000_005)]);
            time.Advance(HidTimingSource.LookEvery - TimeSpan.FromTicks(1));
            Assert.Equal(0, source.Collect(samples));
            Assert.Equal((1, 0), (_keyboard.OthersOpen, _mouse.OthersOpen));

            // The keyboard's last report is from before: its next interval goes back to it.
            _keyboard.Write(InputEvents.At(2_000_000));
            Assert.Equal(0, source.Collect(samples));
            time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal((1, 5), (source.Collect(samples), samples[0]));
            Assert.Equal((1, 1), (_keyboard.OthersOpen, _mouse.OthersOpen));
            _keyboard.Write(InputEvents.At(2_000_007));
            Assert.Equal((1, 7), (source.Collect(samples), samples[0]));
        }
        finally
        {
            source.Close();
        }

        Assert.Equal((0, 0), (_keyboard.OthersOpen, _mouse.OthersOpen));
    }

    [Fact]
    public void Collect_NotOpen_ThrowsAndOpensNothing()
    {
        var source = Create(All);
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
        Assert.Equal((0, 0), (_keyboard.OthersOpen, _mouse.OthersOpen));
        Assert.True(source.Info.Private);
    }

    [Fact]
    public void Collect_NoEvents_ThrowsAndSaysSo()
    {
        var source = Create(_keyboard.Path);
        source.Open();
        try
        {
            _keyboard.Write(new byte[30]);
            Assert.Equal(
                $"no input device is open any more; {_keyboard.Path}: it gave 30 bytes, which are no whole events",
                Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[16])).Message
            );
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Collect_OneDeviceGivesNoEvents_IsLeftOutAloneAndTriedAgainLater()
    {
        var time = new ManualTimeProvider();
        var source = new HidTimingSource(SourceSettings.Of(("hid_timing:Devices", All)), time);
        source.Open();
        try
        {
            var samples = new byte[4];
            _keyboard.Write(new byte[30]); // the first in the list, so that what follows it must still be read
            _mouse.Write([.. InputEvents.At(1_000_000), .. InputEvents.At(1_000_005)]);
            Assert.Equal((1, 5), (source.Collect(samples), samples[0]));
            Assert.Equal((0, 1), (_keyboard.OthersOpen, _mouse.OthersOpen));

            _mouse.Write(InputEvents.At(1_000_012));
            Assert.Equal((1, 7), (source.Collect(samples), samples[0]));

            time.Advance(HidTimingSource.LookEvery);
            Assert.Equal(0, source.Collect(samples));
            _keyboard.Write([.. InputEvents.At(3_000_000), .. InputEvents.At(3_000_009)]);
            Assert.Equal((1, 9), (source.Collect(samples), samples[0]));
        }
        finally
        {
            source.Close();
        }

        Assert.Equal((0, 0), (_keyboard.OthersOpen, _mouse.OthersOpen));
    }

    [Fact]
    public void Collect_OneTimeForEver_EndsWithoutSample()
    {
        var source = Create("/dev/zero");
        source.Open();
        Assert.Equal(0, source.Collect(new byte[16]));
        source.Close();
    }

    [Fact]
    public void Open_NobodyMayReadIt_SaysWhichAndWhy()
    {
        var source = Create(SourceSettings.DeniedPath);
        var message = Assert.Throws<NoiseSourceException>(source.Open).Message;
        source.Close();
        Assert.Equal($"opening {SourceSettings.DeniedPath} failed: Permission denied", message);
    }

    [Fact]
    public void Open_OneOfTwoMayBeRead_TakesThatOne()
    {
        var source = Create($"{SourceSettings.DeniedPath},{_keyboard.Path}");
        source.Open();
        Assert.Equal(1, _keyboard.OthersOpen);
        source.Close();
    }

    [Fact]
    public void WhyUnavailable_NoDevice_SaysWhereItLooked()
    {
        var source = Create(_directory.File("none*"));
        Assert.Equal($"there is no {_directory.File("none*")}", source.WhyUnavailable());
        Assert.Throws<NoiseSourceException>(source.Open);
        Assert.Null(Create(All).WhyUnavailable());
    }

    [Fact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        var source = Create(All);
        for (var round = 0; round < 1000; round++)
        {
            source.Open();
            Assert.Equal(0, source.Collect(new byte[1]));
            source.Close();
        }

        Assert.Equal((0, 0), (_keyboard.OthersOpen, _mouse.OthersOpen));
    }

    [Fact]
    public void WholePath_TypingUnpluggingAndPluggingIn_FollowsTheDevice()
    {
        using var turns = new TurnTaker(Create(_keyboard.Path));
        turns.Until(() => turns.Status.Reason?.StartsWith("it is open and waits", StringComparison.Ordinal) == true);
        Assert.Equal((SourceState.Starting, 0), (turns.Source.State, turns.Status.Failures["total_failure"]));
        turns.Until(
            () =>
            {
                Type();
                return turns.Source.State == SourceState.Healthy;
            },
            atMost: 64
        );
        Assert.Equal(0, turns.Credit);

        _keyboard.Unplug();
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal((0, "no input device is open any more; next attempt in 1 s"), (_keyboard.OthersOpen, turns.Status.Reason));

        _keyboard.Plug();
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(
            () =>
            {
                Type();
                return turns.Source.State == SourceState.Healthy;
            },
            atMost: 64
        );
    }

    [Fact]
    public void WholePath_DisabledWhileNobodyTypes_ClosesTheDevicesAtOnce()
    {
        using var turns = new TurnTaker(Create(All));
        turns.Until(() => turns.Status.Reason?.StartsWith("it is open and waits", StringComparison.Ordinal) == true);
        Assert.Equal((1, 1), (_keyboard.OthersOpen, _mouse.OthersOpen));

        var start = Stopwatch.GetTimestamp();
        turns.Source.Disable();
        turns.Until(() => _keyboard.OthersOpen + _mouse.OthersOpen == 0);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static HidTimingSource Create(string devices) => new(SourceSettings.Of(("hid_timing:Devices", devices)));

    /// <summary>Some keys, if the pipe has room: times apart by a fixed walk.</summary>
    private void Type()
    {
        var events = new List<byte>();
        for (var i = 0; i < 64; i++)
        {
            _time += 50_000 + ScriptedNoiseSource.Lively(_time);
            events.AddRange(InputEvents.At(_time));
        }

        _ = _keyboard.TryWrite(events.ToArray());
    }
}
