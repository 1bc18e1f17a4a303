using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>What devices need beyond plain files: opening without waiting, waiting for a bounded time, and their own errors.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxDevices
{
    /// <summary>O_NONBLOCK: neither opening nor reading waits.</summary>
    public const int NonBlocking = 0x800;

    /// <summary>O_NOCTTY: a terminal that is opened does not become the process's own, whose hanging up would end it.</summary>
    public const int NoControllingTerminal = 0x100;

    /// <summary>S_IFIFO: a named pipe.</summary>
    public const int Pipe = 0x1000;

    /// <summary>S_IFCHR: a device that is read as a stream.</summary>
    public const int CharacterDevice = 0x2000;

    /// <summary>S_IFREG: a file.</summary>
    public const int RegularFile = 0x8000;

    private const int KindMask = 0xF000; // S_IFMT
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int StatusBytes = 256; // struct statx, the same on every processor
    private const int ModeOffset = 28; // stx_mode
    private const short Readable = 1; // POLLIN

    /// <summary>Waits until a descriptor has something to read; true also when its other end is gone, which reading then tells. See poll(2).</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="timeOut">How long; nothing or less: it only looks.</param>
    /// <exception cref="NoiseSourceException">The kernel refuses.</exception>
    public static bool WaitReadable(int descriptor, TimeSpan timeOut)
    {
        var ready = Wait(descriptor, timeOut);
        return ready >= 0 ? ready > 0 : throw LinuxFiles.Failed("waiting for a device");
    }

    /// <summary>Waits as <see cref="WaitReadable"/> does, where the caller tells what a failure means.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="timeOut">How long; nothing or less: it only looks.</param>
    /// <returns>1 when there is something, 0 when the time is over; -1 on failure, with the cause as the last P/Invoke error.</returns>
    public static int Wait(int descriptor, TimeSpan timeOut)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var poll = new PollDescriptor(descriptor, Readable);
            var left = timeOut - Stopwatch.GetElapsedTime(start);
            var ready = Poll(&poll, 1, (int)Math.Max(0, Math.Ceiling(left.TotalMilliseconds)));
            if (ready >= 0 || Marshal.GetLastPInvokeError() != LinuxError.Interrupted)
                return ready;
        }
    }

    /// <summary>Waits, and only a signal ends it sooner: for a device that must be asked again and cannot be waited for.</summary>
    /// <param name="time">How long.</param>
    public static void Pause(TimeSpan time) => _ = Poll(null, 0, (int)time.TotalMilliseconds);

    /// <summary>What kind of file a descriptor is open on. See statx(2).</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <returns>One of the kinds below, or another; null where the kernel does not tell.</returns>
    public static int? KindOf(int descriptor)
    {
        var status = stackalloc byte[StatusBytes];
        return NativeStatus(descriptor, "", EmptyPath, TypeOnly, status) == 0 ? *(ushort*)(status + ModeOffset) & KindMask : null;
    }

    /// <summary>A device's own call. See ioctl(2).</summary>
    /// <returns>-1 on failure, with the cause as the last P/Invoke error.</returns>
    public static int Control(int descriptor, nuint request, nint argument) => NativeControl(descriptor, request, argument);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeStatus(int descriptor, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    // Declared without its variable arguments: on x86-64 and arm64 Linux they are passed as fixed ones are.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int NativeControl(int descriptor, nuint request, nint argument);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor(int descriptor, short events)
    {
        public int Descriptor = descriptor;
        public short Events = events;
        public short Returned;
    }
}
