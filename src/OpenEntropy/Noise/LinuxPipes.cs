using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>Pipes by the kernel's own call, on plain descriptors, closed by <see cref="LinuxFiles.Close"/>.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxPipes
{
    private const int NonBlocking = 0x800; // O_NONBLOCK

    /// <summary>Makes a pipe whose ends never wait. See pipe2(2).</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static (int Reader, int Writer) Open()
    {
        var ends = stackalloc int[2];
        return Pipe(ends, NonBlocking | LinuxFiles.CloseOnExec) == 0 ? (ends[0], ends[1]) : throw LinuxFiles.Failed("making a pipe");
    }

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe(int* ends, int flags);
}
