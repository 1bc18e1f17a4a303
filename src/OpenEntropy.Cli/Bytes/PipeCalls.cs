using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Cli.Bytes;

/// <summary>What Linux does with pipes beyond reading and writing.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class PipeCalls
{
    private const int SetPipeSize = 1031; // F_SETPIPE_SZ
    private const int GetPipeSize = 1032; // F_GETPIPE_SZ

    private const short Writable = 4; // POLLOUT

    /// <summary>Has a pipe hold as many bytes, or as many as it may; anything but a pipe is left alone. See F_SETPIPE_SZ in fcntl(2).</summary>
    /// <returns>What it holds; -1 where it is no pipe.</returns>
    public static int Hold(int descriptor, int bytes) =>
        Control(descriptor, SetPipeSize, bytes) is > 0 and var size ? size : Control(descriptor, GetPipeSize, 0);

    /// <summary>Waits until a descriptor can be written or never will be.</summary>
    /// <returns>False where it cannot be waited for.</returns>
    public static bool WaitForRoom(int descriptor)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = Writable };
        return Poll(&request, 1, -1) >= 0 || Marshal.GetLastPInvokeError() == LinuxError.Interrupted;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollRequest* requests, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
