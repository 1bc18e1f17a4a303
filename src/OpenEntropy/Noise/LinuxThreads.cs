using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// Threads of the C library that run a function of its own and never enter .NET: they are created and joined without an allocation here, and the
/// garbage collector knows nothing of them.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxThreads
{
    /// <summary>Creates a thread with the usual attributes. See pthread_create(3).</summary>
    /// <param name="thread">Names the thread, which must be joined once.</param>
    /// <param name="start">A C function that takes at most a pointer, which is null, and returns at once.</param>
    /// <returns>0, or the error.</returns>
    public static int Create(out nint thread, nint start)
    {
        thread = 0;
        fixed (nint* name = &thread)
            return PThreadCreate(name, attributes: null, start, argument: null);
    }

    /// <summary>Waits for a thread's end. See pthread_join(3).</summary>
    /// <returns>0, or the error.</returns>
    public static int Join(nint thread) => PThreadJoin(thread, result: null);

    [LibraryImport("libc", EntryPoint = "pthread_create")]
    private static partial int PThreadCreate(nint* thread, void* attributes, nint start, void* argument);

    [LibraryImport("libc", EntryPoint = "pthread_join")]
    private static partial int PThreadJoin(nint thread, void** result);
}
