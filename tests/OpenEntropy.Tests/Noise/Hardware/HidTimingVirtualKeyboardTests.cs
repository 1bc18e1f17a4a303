using System.Diagnostics;
using System.Runtime.InteropServices;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The whole way: a keyboard that the kernel makes, its event device, the source.</summary>
public sealed unsafe class HidTimingVirtualKeyboardTests
{
    private const int Turns = 8;
    private const nuint SetClockCall = 0x400445A0; // EVIOCSCLOCKID: _IOW('E', 0xa0, int)
    private const int MonotonicClock = 1;

    [VirtualKeyboardFact]
    public void Collect_KeyPressedAndLetGo_GivesTheLowBytesOfTheTimesTheKernelStamped()
    {
        using var keyboard = new VirtualKeyboard();
        var other = LinuxFiles.Open(keyboard.EventPath, LinuxFiles.ReadOnly | LinuxDevices.NonBlocking);
        var clock = MonotonicClock;
        Assert.Equal(0, LinuxDevices.Control(other, SetClockCall, (nint)(&clock)));
        var source = Create(keyboard);
        Assert.Null(source.WhyUnavailable());
        source.Open();
        try
        {
            for (var turn = 0; turn < Turns; turn++)
            {
                keyboard.Turn(down: turn % 2 == 0);
                PassAMillisecond(); // two reports of one microsecond would be one
            }

            var samples = new byte[64];
            Assert.Equal(Turns - 1, source.Collect(samples));
            Assert.Equal(Intervals(other).Select(interval => (byte)interval), samples[..(Turns - 1)]);
            Assert.Equal(0, source.Collect(samples));
        }
        finally
        {
            source.Close();
            LinuxFiles.Close(other);
        }
    }

    [VirtualKeyboardFact]
    public void Collect_KeyboardUnplugged_ThrowsAndLeavesNothingOpen()
    {
        using var keyboard = new VirtualKeyboard();
        var source = Create(keyboard);
        source.Open();
        Assert.Equal(1, OpenFiles.CountOf(keyboard.EventPath));
        keyboard.Dispose();

        Assert.Contains(
            "no input device is open any more",
            Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[4])).Message,
            StringComparison.Ordinal
        );
        source.Close();
        Assert.Equal((0, 0), (OpenFiles.CountOf(keyboard.EventPath), OpenFiles.CountOf(keyboard.EventPath + " (deleted)")));
    }

    private static HidTimingSource Create(VirtualKeyboard keyboard) => new(SourceSettings.Of(("hid_timing:Devices", keyboard.EventPath)));

    /// <summary>Between the reports of a descriptor, in microseconds, read apart from the source.</summary>
    private static List<long> Intervals(int device)
    {
        const int Most = 4 * Turns * EventTimes.EventBytes;
        var events = new byte[Most];
        int read;
        fixed (byte* start = events)
            read = LinuxFiles.Read(device, start, Most);
        List<long> times =
        [
            .. events[..read]
                .Chunk(EventTimes.EventBytes)
                .Select(each => (MemoryMarshal.Read<long>(each) * 1_000_000) + MemoryMarshal.Read<long>(each.AsSpan(8)))
                .Distinct(),
        ];
        return [.. times.Zip(times.Skip(1), (before, after) => after - before)];
    }

    private static void PassAMillisecond()
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(1))
            Thread.SpinWait(100);
    }
}
