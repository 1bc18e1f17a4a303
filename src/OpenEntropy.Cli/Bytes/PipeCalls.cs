using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Cli.Bytes;

/// <summary>What Linux does with pipes beyond reading and writing.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class PipeCalls
{
    /// <summary>POLLIN: there is something to read.</summary>
    public const short Readable = 1;

    /// <summary>POLLOUT: a page of the pipe is free.</summary>
    public const short Writable = 4;

    /// <summary>POLLERR: nobody has the pipe open to read.</summary>
    public const short NoReader = 8;

    private const int SetPipeSize = 1031; // F_SETPIPE_SZ
    private const int GetPipeSize = 1032; // F_GETPIPE_SZ
    private const nuint CountWaiting = 0x541B; // FIONREAD

    /// <summary>Has a pipe hold as many bytes, or as many as it may; anything but a pipe is left alone. See F_SETPIPE_SZ in fcntl(2).</summary>
    /// <returns>What it holds; -1 where it is no pipe.</returns>
    public static int Hold(int descriptor, int bytes) =>
        Control(descriptor, SetPipeSize, bytes) is > 0 and var size ? size : Control(descriptor, GetPipeSize, 0);

    /// <summary>Bytes that wait in a pipe.</summary>
    public static int Waiting(int descriptor)
    {
        var count = 0;
        return Request(descriptor, CountWaiting, &count) == 0 ? count : 0;
    }

    /// <summary>Waits until a descriptor can be written or never will be.</summary>
    /// <returns>False where it cannot be waited for.</returns>
    public static bool WaitForRoom(int descriptor)
    {
        Span<PollRequest> one = [new() { Descriptor = descriptor, Events = Writable }];
        return Wait(one, Timeout.Infinite) >= 0;
    }

    /// <summary>Waits for any of some events. See poll(2).</summary>
    /// <param name="requests">What is waited for; what happened is set in each.</param>
    /// <param name="milliseconds">How long at most; <see cref="Timeout.Infinite"/>: without end.</param>
    /// <returns>How many happened, 0 also after a signal; -1 on failure.</returns>
    public static int Wait(Span<PollRequest> requests, int milliseconds)
    {
        fixed (PollRequest* first = requests)
        {
            var count = Poll(first, (nuint)requests.Length, milliseconds);
            if (count >= 0 || Marshal.GetLastPInvokeError() != LinuxError.Interrupted)
                return count;
        }

        foreach (ref var request in requests)
            request.Happened = 0;
        return 0;
    }

    /// <summary>Makes a named pipe. See mkfifo(3).</summary>
    /// <returns>0, or the error.</returns>
    public static int MakeNamed(string path, int mode) => MakeFifo(path, mode) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>What a descriptor is open on. See statx(2), called by its number: not every C library has it.</summary>
    /// <returns>Whether it is a pipe, and whose; null where the kernel does not say.</returns>
    public static (bool IsPipe, uint Owner)? Look(int descriptor)
    {
        var number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 291 : 332; // __NR_statx
        const int EmptyPath = 0x1000; // AT_EMPTY_PATH
        const int TypeAndOwner = 0x1 | 0x8; // STATX_TYPE | STATX_UID
        const int Bytes = 256; // struct statx, the same on every processor
        const int OwnerAt = 20; // stx_uid
        const int ModeAt = 28; // stx_mode
        const int TypeBits = 0xF000; // S_IFMT
        const int Pipe = 0x1000; // S_IFIFO
        var status = stackalloc byte[Bytes];
        return Status(number, descriptor, "", EmptyPath, TypeAndOwner, status) == 0
            ? ((*(ushort*)(status + ModeAt) & TypeBits) == Pipe, *(uint*)(status + OwnerAt))
            : null;
    }

    /// <summary>The effective user. See geteuid(2).</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint User();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Status(nint number, nint folder, string path, nint flags, nint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollRequest* requests, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Request(int descriptor, nuint request, int* argument);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, int mode);
}

/// <summary>What <see cref="PipeCalls.Wait"/> waits for, as the kernel has it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    /// <summary>The descriptor; negative: none.</summary>
    public int Descriptor;

    /// <summary>Events that are waited for.</summary>
    public short Events;

    /// <summary>Events that happened.</summary>
    public short Happened;
}
