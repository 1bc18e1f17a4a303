using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// The sockets through which the kernel tells of its radios: generic netlink (netlink(7)) and the Bluetooth controllers' own interface. Descriptors
/// are closed by <see cref="LinuxFiles.Close"/>.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class RadioSockets
{
    private const int RawCloseOnExec = 3 | 0x80000; // SOCK_RAW | SOCK_CLOEXEC
    private const int Netlink = 16; // AF_NETLINK
    private const int GenericNetlink = 16; // NETLINK_GENERIC
    private const int Bluetooth = 31; // AF_BLUETOOTH
    private const int HostController = 1; // BTPROTO_HCI
    private const int HostControllerLevel = 0; // SOL_HCI
    private const int Filter = 2; // HCI_FILTER
    private const int DoNotWait = 0x40; // MSG_DONTWAIT
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL

    /// <summary>A socket that talks to the kernel's generic netlink families, and hears nobody else.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static int OpenGenericNetlink()
    {
        var address = stackalloc uint[3] { 0, 0, 0 }; // struct sockaddr_nl: family and padding, port 0 (the kernel), groups
        *(ushort*)address = Netlink; // the family alone, in either byte order
        var socket = Socket(Netlink, RawCloseOnExec, GenericNetlink);
        return Prepared(socket, socket >= 0 && Connect(socket, address, 3 * sizeof(uint)) == 0, "a generic netlink socket");
    }

    /// <summary>A raw socket of one Bluetooth controller, which receives some of its events and may send it commands.</summary>
    /// <param name="device">The controller's number: 0 is hci0.</param>
    /// <param name="filter">struct hci_filter: 16 bytes.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static int OpenBluetooth(int device, ReadOnlySpan<byte> filter)
    {
        var address = stackalloc ushort[3] { Bluetooth, (ushort)device, 0 }; // struct sockaddr_hci: family, device, HCI_CHANNEL_RAW
        var socket = Socket(Bluetooth, RawCloseOnExec, HostController);
        fixed (byte* bits = filter)
        {
            var ready =
                socket >= 0
                && SetOption(socket, HostControllerLevel, Filter, bits, (uint)filter.Length) == 0
                && Bind(socket, address, 3 * sizeof(ushort)) == 0;
            return Prepared(socket, ready, $"a raw socket of hci{device}");
        }
    }

    /// <summary>Sends one message without waiting for room.</summary>
    /// <returns>The bytes sent; -1 on failure, with the cause as the last P/Invoke error.</returns>
    public static int Send(int socket, ReadOnlySpan<byte> message)
    {
        fixed (byte* start = message)
        {
            nint sent;
            do sent = NativeSend(socket, start, (nuint)message.Length, DoNotWait | NoSignal);
            while (sent < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
            return (int)sent;
        }
    }

    /// <summary>Receives one message without waiting for it. What does not fit is cut off.</summary>
    /// <returns>Its bytes, 0 where the other side is gone; -1 on failure, with the cause as the last P/Invoke error.</returns>
    public static int Receive(int socket, Span<byte> message)
    {
        fixed (byte* start = message)
        {
            nint received;
            do received = NativeReceive(socket, start, (nuint)message.Length, DoNotWait);
            while (received < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
            return (int)received;
        }
    }

    /// <summary>Two sockets connected to each other, which keep the messages apart: a kernel's or a controller's place taken by a test.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static (int First, int Second) Pair()
    {
        const int Unix = 1; // AF_UNIX
        const int SequencedPackets = 5 | 0x80000; // SOCK_SEQPACKET | SOCK_CLOEXEC
        var pair = stackalloc int[2];
        return SocketPair(Unix, SequencedPackets, protocol: 0, pair) == 0 ? (pair[0], pair[1]) : throw LinuxFiles.Failed("socketpair");
    }

    private static int Prepared(int socket, bool ready, string what)
    {
        if (ready)
            return socket;
        var failure = LinuxFiles.Failed($"opening {what}");
        if (socket >= 0)
            LinuxFiles.Close(socket);
        throw failure;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int family, int type, int protocol, int* pair);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int socket, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint NativeSend(int socket, byte* message, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint NativeReceive(int socket, byte* message, nuint length, int flags);
}
