using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Devices;

/// <summary>Tells when a named pipe is opened or closed by anybody, which no event of the pipe itself does. See inotify(7).</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class FifoWatch : IDisposable
{
    private const int NonBlocking = 0x800; // IN_NONBLOCK
    private const uint Opened = 0x20; // IN_OPEN
    private const uint ClosedByReader = 0x10; // IN_CLOSE_NOWRITE

    /// <summary>Watches.</summary>
    /// <param name="path">The pipe.</param>
    /// <exception cref="CommandFailureException">The kernel refused.</exception>
    public FifoWatch(string path)
    {
        Descriptor = Begin(NonBlocking | LinuxFiles.CloseOnExec);
        if (Descriptor >= 0 && Add(Descriptor, path, Opened | ClosedByReader) >= 0)
            return;
        var why = Marshal.GetLastPInvokeErrorMessage();
        Dispose();
        throw new CommandFailureException($"{path} cannot be watched for readers: {why} (see fs.inotify in inotify(7)).");
    }

    /// <summary>Can be read when something happened.</summary>
    public int Descriptor { get; }

    /// <summary>Forgets what happened so far.</summary>
    public void Clear()
    {
        const int Length = 1024;
        var events = stackalloc byte[Length];
        while (LinuxFiles.Read(Descriptor, events, Length) > 0) { }
    }

    public void Dispose()
    {
        if (Descriptor >= 0)
            LinuxFiles.Close(Descriptor);
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Begin(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Add(int descriptor, string path, uint events);
}
