using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The times between the reports of one input device, from the kernel's events (struct input_event of linux/input.h). Of each event the time is
/// looked at and nothing else: not whether it is a key or a movement, nor which. All events of one report carry the same time, so a new time is
/// a new report. Pure: the device is <see cref="HidTimingSource"/>'s.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct EventTimes
{
    /// <summary>Bytes of an event on 64-bit systems: seconds and microseconds in 8 bytes each, then 8 bytes that are not read.</summary>
    public const int EventBytes = 24;

    private const long SecondMicroseconds = 1_000_000;
    private const long LatestSecond = long.MaxValue / SecondMicroseconds - 1;

    private long _last;
    private bool _isKnown;

    /// <summary>Takes the intervals out of consecutive events.</summary>
    /// <param name="events">Whole events.</param>
    /// <param name="samples">Receives at most one sample for each event.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="NoiseSourceException">The bytes are no events.</exception>
    public int Digitize(ReadOnlySpan<byte> events, Span<byte> samples)
    {
        if (events.Length % EventBytes != 0)
            throw new NoiseSourceException($"it gave {events.Length} bytes, which are no whole events");
        var count = 0;
        for (; events.Length > 0; events = events[EventBytes..])
        {
            var time = Time(MemoryMarshal.Read<long>(events), MemoryMarshal.Read<long>(events[sizeof(long)..]));
            var interval = time - _last;
            if (_isKnown && interval > 0)
                samples[count++] = (byte)interval; // digitization: the low byte of the microseconds since the report before
            (_last, _isKnown) = (time, true);
        }

        return count;
    }

    private static long Time(long seconds, long microseconds) =>
        seconds is >= 0 and <= LatestSecond && microseconds is >= 0 and < SecondMicroseconds
            ? (seconds * SecondMicroseconds) + microseconds
            : throw new NoiseSourceException("it gave bytes that are no time of an event");
}
