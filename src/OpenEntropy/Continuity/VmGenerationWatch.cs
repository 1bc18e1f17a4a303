using System.Runtime.InteropServices;

namespace OpenEntropy.Continuity;

/// <summary>
/// Listens for the kernel's event that the virtual machine has a new generation identifier (it was restored from a snapshot or cloned):
/// the uevent variable NEW_VMGENID, on kernels and hypervisors that have it. Where the socket cannot be had, nothing is heard.
/// </summary>
internal sealed partial class VmGenerationWatch : IDisposable
{
    private const int AddressFamilyNetlink = 16;
    private const int SocketDatagram = 2;
    private const int SocketCloseOnExec = 0x80000;
    private const int ProtocolKobjectUevent = 15;
    private const int KernelGroup = 1;
    private const int LevelSocket = 1;
    private const int ReceiveTimeout = 20;
    private const int EventBytes = 8192;

    private readonly int _socket;
    private readonly Action _sign;
    private volatile bool _disposed;

    private VmGenerationWatch(int socket, Action sign)
    {
        _socket = socket;
        _sign = sign;
        new Thread(Listen, 128 * 1024) { IsBackground = true, Name = "vmgenid" }.Start();
    }

    /// <summary>A watch on a thread of its own; null where the system has no such events.</summary>
    /// <param name="sign">Called for each event of a new generation.</param>
    public static VmGenerationWatch? Start(Action sign)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var socket = Socket(AddressFamilyNetlink, SocketDatagram | SocketCloseOnExec, ProtocolKobjectUevent);
        if (socket < 0)
            return null;
        var wakeUp = new TimeValue { Seconds = 1 };
        var address = new NetlinkAddress { Family = AddressFamilyNetlink, Groups = KernelGroup };
        if (
            SetOption(socket, LevelSocket, ReceiveTimeout, in wakeUp, Marshal.SizeOf<TimeValue>()) == 0
            && Bind(socket, in address, Marshal.SizeOf<NetlinkAddress>()) == 0
        )
            return new VmGenerationWatch(socket, sign);
        _ = Close(socket);
        return null;
    }

    /// <summary>True when an event announces a new generation: a header, then variables, each ended by a zero byte.</summary>
    /// <param name="message">The event as received.</param>
    public static bool Announces(ReadOnlySpan<byte> message)
    {
        foreach (var variable in message.Split((byte)0))
        {
            if (message[variable].StartsWith("NEW_VMGENID="u8))
                return true;
        }

        return false;
    }

    /// <summary>Stops listening, within a second: no call can end a receive on such a socket from outside.</summary>
    public void Dispose() => _disposed = true;

    private void Listen()
    {
        Span<byte> message = stackalloc byte[EventBytes];
        while (!_disposed)
        {
            var length = (int)Receive(_socket, message, message.Length, 0);
            if (length > 0 && Announces(message[..length]))
                _sign();
        }

        _ = Close(_socket);
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind")]
    private static partial int Bind(int socket, in NetlinkAddress address, int length);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int socket, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(int socket, int level, int option, in TimeValue value, int length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeValue
    {
        public nint Seconds;
        public nint Microseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct NetlinkAddress
    {
        public ushort Family;
        public ushort Padding;
        public uint Process;
        public uint Groups;
    }
}
