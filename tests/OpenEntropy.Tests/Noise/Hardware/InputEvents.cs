using System.Runtime.InteropServices;
using OpenEntropy.Noise.Hardware;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>Events as the kernel writes them (struct input_event of linux/input.h).</summary>
internal static class InputEvents
{
    /// <summary>One event: seconds and microseconds in 8 bytes each, type and code in 2, value in 4.</summary>
    public static byte[] At(long microseconds, ushort type = 0, ushort code = 0, int value = 0)
    {
        var bytes = new byte[EventTimes.EventBytes];
        MemoryMarshal.Write(bytes, microseconds / 1_000_000);
        MemoryMarshal.Write(bytes.AsSpan(8), microseconds % 1_000_000);
        MemoryMarshal.Write(bytes.AsSpan(16), type);
        MemoryMarshal.Write(bytes.AsSpan(18), code);
        MemoryMarshal.Write(bytes.AsSpan(20), value);
        return bytes;
    }
}
