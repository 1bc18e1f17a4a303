using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Hardware;

/// <summary>What the kernel accounts to the calling thread: getrusage(2) with <c>RUSAGE_THREAD</c>. Linux.</summary>
internal static partial class ThreadUsage
{
    private const int Thread = 1; // RUSAGE_THREAD
    private const int SectorBytes = 512;

    /// <summary>Bytes that this thread had fetched from storage; null where the kernel does not tell.</summary>
    public static long? BytesFromStorage() => Get(Thread, out var usage) == 0 ? usage.SectorsRead * SectorBytes : null;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int Get(int who, out Usage usage);

    /// <summary><c>struct rusage</c> where the processor has 64 bits, with the room that musl keeps behind it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 272)]
    private struct Usage
    {
        /// <summary><c>ru_inblock</c>, after two times and seven numbers.</summary>
        [FieldOffset(88)]
        public long SectorsRead;
    }
}
