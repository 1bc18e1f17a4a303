using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>nanosleep of POSIX.1: what macOS has. Linux has it too.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
internal sealed unsafe partial class PosixSleep : ShortSleep
{
    private const int Interrupted = 4; // EINTR, on both

    /// <inheritdoc/>
    public override void Sleep(int nanoseconds)
    {
        var request = stackalloc nint[2] { 0, nanoseconds }; // struct timespec: seconds, nanoseconds, each a machine word
        if (NanoSleep(request, null) != 0 && Marshal.GetLastPInvokeError() is not Interrupted and var error)
            throw new NoiseSourceException($"nanosleep failed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Nothing was prepared.
    }

    [LibraryImport("libc", EntryPoint = "nanosleep", SetLastError = true)]
    private static partial int NanoSleep(nint* request, nint* remaining);
}
