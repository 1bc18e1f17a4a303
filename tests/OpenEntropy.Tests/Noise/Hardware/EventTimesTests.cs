using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public class EventTimesTests
{
    private const ushort Key = 1; // EV_KEY
    private const ushort Scan = 4; // EV_MSC
    private const long Start = 1_700_000_000_999_990; // ten microseconds before a full second

    [Fact]
    public void Digitize_KeyPressedAndReleased_OneSampleForTheTimeBetweenTheReports()
    {
        // A press is three events of one time: scan code, key, end of the report. So is the release, 80,300 µs later.
        byte[] events =
        [
            .. InputEvents.At(Start, Scan, 4, 458756),
            .. InputEvents.At(Start, Key, 30, 1),
            .. InputEvents.At(Start),
            .. InputEvents.At(Start + 80_300, Scan, 4, 458756),
            .. InputEvents.At(Start + 80_300, Key, 30, 0),
            .. InputEvents.At(Start + 80_300),
        ];

        Assert.Equal([80_300 % 256], Samples(events));
    }

    [Fact]
    public void Digitize_SameTimesWithOtherTypesCodesAndValues_SameSamples()
    {
        long[] times = [.. Enumerable.Range(0, 300).Select(i => Start + (i / 3 * 7919L))];
        byte[] plain = [.. times.SelectMany(time => InputEvents.At(time))];
        byte[] other = [.. times.SelectMany((time, i) => InputEvents.At(time, (ushort)(i * 31), (ushort)~i, (i * 40503) - 7))];

        Assert.Equal(99, Samples(plain).Length);
        Assert.Equal(Samples(plain), Samples(other));
    }

    [Fact]
    public void Digitize_InPieces_GoesOnFromTheLastReport()
    {
        var times = new EventTimes();
        var samples = new byte[1];

        Assert.Equal(0, times.Digitize(InputEvents.At(Start), samples));
        Assert.Equal(1, times.Digitize(InputEvents.At(Start + 0x1234), samples));
        Assert.Equal(0x34, samples[0]);
        Assert.Equal(0, times.Digitize([], samples));
    }

    [Fact]
    public void Digitize_TimeThatWentBack_NoSampleAndTheNextCountsFromThere()
    {
        byte[] events = [.. InputEvents.At(Start), .. InputEvents.At(Start - 500), .. InputEvents.At(Start - 493)];

        Assert.Equal([7], Samples(events));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 1_000_000)]
    public void Digitize_NoTime_Throws(long seconds, long microseconds)
    {
        byte[] events = [.. BitConverter.GetBytes(seconds), .. BitConverter.GetBytes(microseconds), .. new byte[8]];

        Assert.Contains("no time", Assert.Throws<NoiseSourceException>(() => Samples(events)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(25)]
    public void Digitize_NoWholeEvents_Throws(int bytes) =>
        Assert.Contains(
            $"{bytes} bytes",
            Assert.Throws<NoiseSourceException>(() => Samples(new byte[bytes])).Message,
            StringComparison.Ordinal
        );

    private static byte[] Samples(byte[] events)
    {
        var samples = new byte[events.Length / EventTimes.EventBytes];
        return samples[..new EventTimes().Digitize(events, samples)];
    }
}
