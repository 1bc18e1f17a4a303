using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.CrossDomain;

/// <summary>
/// The parts of the machine that the beats time against each other, each by a fixed piece of work: the processor's own arithmetic, and memory
/// beyond the near caches.
/// </summary>
internal sealed unsafe partial class Domains
{
    private const int Words = 2 * 1024 * 1024; // 8 MiB

    /// <summary>Bytes that it reads in.</summary>
    internal const int Bytes = Words * sizeof(uint);

    private const int Loads = 16;
    private const int Steps = 256;

    private static ulong s_result; // the same each time; written so that the compiler cannot leave the arithmetic out

    private byte* _memory = SharedArea.Far.Take();
    private uint _position;

    /// <summary>The digitization of a difference of two durations: the low byte of the number of counter steps, also of a negative one.</summary>
    public static byte Digitize(long difference) =>
        difference >= 0 ? TickCounter.Digitize(difference) : unchecked((byte)-TickCounter.Digitize(-difference));

    /// <summary>Times a chain of multiplications, each of which waits for the one before.</summary>
    /// <returns>Ticks.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long TimeProcessor()
    {
        var start = TickCounter.Read();
        var state = 1UL;
        for (var i = 0; i < Steps; i++)
            state = (state * 6364136223846793005) + 1442695040888963407;
        Volatile.Write(ref s_result, state);
        return TickCounter.Read() - start;
    }

    /// <summary>Times loads scattered over 8 MiB, each of whose addresses waits for the load before.</summary>
    /// <returns>Ticks.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long TimeMemory()
    {
        var start = TickCounter.Read();
        var position = _position;
        var words = (uint*)_memory; // all equal and even, so that with them added to the odd increment the walk visits every word before it repeats
        for (var i = 0; i < Loads; i++)
            position = ((position * 1664525) + 1013904223 + words[position]) % Words;
        _position = position;
        return TickCounter.Read() - start;
    }

    /// <summary>Times a question to the kernel that it answers from memory: who started this process.</summary>
    /// <returns>Ticks.</returns>
    [SupportedOSPlatform("linux")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long TimeSystemCall()
    {
        var start = TickCounter.Read();
        _ = ParentProcess();
        return TickCounter.Read() - start;
    }

    /// <summary>Gives the memory back.</summary>
    public void Free() => SharedArea.Far.GiveBack(ref _memory);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentProcess();
}
