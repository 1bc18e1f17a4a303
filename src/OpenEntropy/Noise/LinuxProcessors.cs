using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>The processors a thread may run on, by the kernel's own calls. See sched_setaffinity(2).</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxProcessors
{
    private const int WordBits = 64;
    private const int SetWords = 8192 / WordBits; // the most processors a kernel is built for

    /// <summary>The processors a thread may run on, one bit each; none where the kernel does not tell.</summary>
    /// <param name="thread">The thread's number (a process's is that of its first thread), or 0 for the calling thread.</param>
    public static ulong[] Allowed(int thread)
    {
        var set = new ulong[SetWords];
        fixed (ulong* words = set)
        {
            if (GetAffinity(thread, SetWords * sizeof(ulong), words) < 0)
                Array.Clear(set);
        }

        return set;
    }

    /// <summary>Binds the calling thread to the processors of a set. A kernel or sandbox that refuses is told from the return value.</summary>
    public static bool TryBind(ReadOnlySpan<ulong> set)
    {
        fixed (ulong* words = set)
            return SetAffinity(thread: 0, (nuint)(set.Length * sizeof(ulong)), words) == 0;
    }

    /// <summary>How many processors a set has.</summary>
    public static int Count(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var word in set)
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>A set of the first processor of a set alone; it has at least one.</summary>
    public static ulong[] First(ReadOnlySpan<ulong> set)
    {
        var word = set.IndexOfAnyExcept(0UL);
        return Single(word, BitOperations.TrailingZeroCount(set[word]));
    }

    /// <summary>A set of the last processor of a set alone; it has at least one.</summary>
    public static ulong[] Last(ReadOnlySpan<ulong> set)
    {
        var word = set.LastIndexOfAnyExcept(0UL);
        return Single(word, BitOperations.Log2(set[word]));
    }

    private static ulong[] Single(int word, int bit)
    {
        var set = new ulong[SetWords];
        set[word] = 1UL << bit;
        return set;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint length, ulong* set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint length, ulong* set);
}
