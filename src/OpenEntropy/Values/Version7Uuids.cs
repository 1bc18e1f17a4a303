using System.Buffers.Binary;

namespace OpenEntropy.Values;

/// <summary>
/// UUIDs that rise with time, version 7 of RFC 9562 (5.7), each greater than the one before it: rand_a is a counter (6.2, method 1). Before the
/// first, 2 bytes are taken as a number, the most significant first, whose lower 11 bits are the counter's start; then for each 8 bytes as a number,
/// whose lower 62 bits are rand_b. The i-th, from 0, holds in unix_ts_ms and rand_a together the 60-bit number time·4096 + start + i: what exceeds
/// the counter runs into the time, so that the last of 65,536 is at most 17 ms ahead of the clock.
/// </summary>
public sealed class Version7Uuids
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "uuids7/1";

    /// <summary>Bytes that are consumed before the first.</summary>
    internal const int StartWidth = 2;

    /// <summary>Bytes that each consumes.</summary>
    internal const int Width = 8;

    private const int TimeBits = 48;
    private const int CounterBits = 12;
    private const ulong CounterMask = (1UL << CounterBits) - 1;
    private const ulong StartMask = (1UL << (CounterBits - 1)) - 1;
    private const ulong Version = 7UL << CounterBits;
    private const ulong Variant = 1UL << 63;
    private const ulong RandomMask = (1UL << 62) - 1;

    private ulong _counted;
    private bool _started;

    /// <summary>UUIDs of one moment.</summary>
    /// <param name="time">Its milliseconds since 1970 count.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970.</exception>
    public Version7Uuids(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(time));
        _counted = (ulong)milliseconds << CounterBits;
    }

    /// <summary>The next.</summary>
    /// <param name="supply">Gives the bytes.</param>
    public Guid Next(ByteSupply supply)
    {
        ArgumentNullException.ThrowIfNull(supply);
        if (!_started)
        {
            _counted += supply.ReadWord(StartWidth) & StartMask;
            _started = true;
        }

        var random = supply.ReadWord(Width) & RandomMask;
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(octets, (_counted >> CounterBits << (64 - TimeBits)) | Version | (_counted & CounterMask));
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Variant | random);
        _counted++;
        return new Guid(octets, bigEndian: true);
    }
}
