using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// Threads of the C library that run a function of its own and never enter .NET: they are created and joined without an allocation here, and the
/// garbage collector knows nothing of them.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe class LinuxThreads
{
    private static readonly nint s_create = Find("pthread_create");
    private static readonly nint s_join = Find("pthread_join");

    /// <summary>False where the C library shows no such functions: then neither of them may be called.</summary>
    public static bool AreFound => s_create != 0 && s_join != 0;

    /// <summary>Creates a thread with the usual attributes. See pthread_create(3).</summary>
    /// <param name="thread">Names the thread, which must be joined once.</param>
    /// <param name="start">A C function that takes at most a pointer, which is null, and returns at once.</param>
    /// <returns>0, or the error.</returns>
    public static int Create(out nint thread, nint start)
    {
        thread = 0;
        fixed (nint* name = &thread)
            return ((delegate* unmanaged<nint*, void*, nint, void*, int>)s_create)(name, null, start, null);
    }

    /// <summary>Waits for a thread's end. See pthread_join(3).</summary>
    /// <returns>0, or the error.</returns>
    public static int Join(nint thread) => ((delegate* unmanaged<nint, void**, int>)s_join)(thread, null);

    /// <summary>They are in libc since glibc 2.34 and with musl, and were in a library of their own before.</summary>
    private static nint Find(string function)
    {
        if (NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), function, out var address))
            return address;
        return NativeLibrary.TryLoad("libpthread.so.0", out var library) && NativeLibrary.TryGetExport(library, function, out address)
            ? address
            : 0;
    }
}
