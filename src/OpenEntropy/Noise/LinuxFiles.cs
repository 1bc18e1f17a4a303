using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// Files and devices by the kernel's own calls, on plain descriptors: no buffering, no allocation, and flags that .NET's streams do not have.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxFiles
{
    public const int ReadOnly = 0; // O_RDONLY
    public const int ReadWrite = 2; // O_RDWR
    public const int Create = 0x40; // O_CREAT
    public const int CloseOnExec = 0x80000; // O_CLOEXEC

    private const int StatFsBytes = 512; // struct statfs has 120 bytes on 64-bit kernels

    /// <summary>glibc's off_t is a machine word, musl's has 64 bits on every processor.</summary>
    private static readonly bool s_hasWideOffset =
        nint.Size == sizeof(long) || RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    /// <summary>Whether the flags below are known for this processor: fcntl.h gives each architecture its own values.</summary>
    public static bool KnowsProcessor => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>O_DIRECT: transfers bypass the page cache.</summary>
    public static int Direct => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x10000 : 0x4000;

    /// <summary>O_NOFOLLOW: a symbolic link in the last component is an error.</summary>
    public static int NoFollow => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>Opens a file. See open(2).</summary>
    /// <param name="path">The path.</param>
    /// <param name="flags">Of the constants above; close-on-exec is always added.</param>
    /// <param name="mode">Permission bits of a file that is created.</param>
    /// <returns>A descriptor, to be given to <see cref="Close"/> once.</returns>
    /// <exception cref="NoiseSourceException">The kernel refused; the message names the path and the cause.</exception>
    public static int Open(string path, int flags, int mode = 0)
    {
        var descriptor = TryOpen(path, flags, mode);
        return descriptor >= 0 ? descriptor : throw Failed($"opening {path}");
    }

    /// <summary>As <see cref="Open"/>, but gives -1 where the kernel refuses.</summary>
    public static int TryOpen(string path, int flags, int mode = 0) => NativeOpen(path, flags | CloseOnExec, mode);

    /// <summary>Reads at the descriptor's position. See read(2).</summary>
    /// <returns>The bytes read, 0 at the end; -1 on failure, with the cause as the last P/Invoke error.</returns>
    public static int Read(int descriptor, byte* buffer, int length)
    {
        nint read;
        do read = NativeRead(descriptor, buffer, (nuint)length);
        while (read < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
        return (int)read;
    }

    /// <summary>Reads at an offset. See pread(2).</summary>
    /// <returns>As <see cref="Read"/>.</returns>
    public static int ReadAt(int descriptor, byte* buffer, int length, long offset)
    {
        nint read;
        do read = s_hasWideOffset
            ? NativeReadAtWide(descriptor, buffer, (nuint)length, offset)
            : NativeReadAt(descriptor, buffer, (nuint)length, checked((nint)offset));
        while (read < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
        return (int)read;
    }

    /// <summary>Writes at the descriptor's position. See write(2).</summary>
    /// <returns>The bytes written; -1 on failure, with the cause as the last P/Invoke error.</returns>
    public static int Write(int descriptor, byte* buffer, int length)
    {
        nint written;
        do written = NativeWrite(descriptor, buffer, (nuint)length);
        while (written < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
        return (int)written;
    }

    /// <summary>Closes a descriptor. It fails only for one that is not open, or for a write that was delayed, which nothing here relies on.</summary>
    public static void Close(int descriptor) => _ = NativeClose(descriptor);

    /// <summary>The magic number of the file system a path is on, or null where it cannot be told. See statfs(2). Opens nothing.</summary>
    public static uint? FileSystem(string path)
    {
        // f_type is the first word; every magic number has 32 bits.
        var status = stackalloc byte[StatFsBytes];
        return NativeStatFs(path, status) == 0 ? (uint)*(nint*)status : null;
    }

    /// <summary>An exception that says what failed and the kernel's word for why, from the last P/Invoke error.</summary>
    public static NoiseSourceException Failed(string what) =>
        new($"{what} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint NativeRead(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint NativeReadAt(int descriptor, byte* buffer, nuint length, nint offset);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint NativeReadAtWide(int descriptor, byte* buffer, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint NativeWrite(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int NativeClose(int descriptor);

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeStatFs(string path, byte* status);
}
