using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// Sockets by the kernel's own calls, on plain descriptors: opening and closing thousands of connections a second allocates nothing.
/// Descriptors are closed by <see cref="LinuxFiles.Close"/>.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxSockets
{
    private const int StreamCloseOnExec = 1 | 0x80000; // SOCK_STREAM | SOCK_CLOEXEC
    private const int NonBlocking = 0x800; // SOCK_NONBLOCK
    private const int CloseOnExec = 0x80000; // SOCK_CLOEXEC
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Linger = 13; // SO_LINGER
    private const int ReceiveTimeOut = 20; // SO_RCVTIMEO
    private const int SendTimeOut = 21; // SO_SNDTIMEO
    private const int Netlink = 16; // AF_NETLINK
    private const int DatagramCloseOnExec = 2 | 0x80000; // SOCK_DGRAM | SOCK_CLOEXEC
    private const int KernelEvents = 15; // NETLINK_KOBJECT_UEVENT
    private const uint KernelGroup = 1; // the events as the kernel sends them, not as udev does
    private const int ShutdownBoth = 2; // SHUT_RDWR

    /// <summary>
    /// A stream socket that waits at most a given time for its connection and leaves nothing behind when closed: with a linger time of 0 the
    /// kernel sends a reset and keeps no TIME_WAIT entry, so ports do not run out.
    /// </summary>
    /// <param name="family">The address family, as the first two bytes of a socket address have it.</param>
    /// <param name="timeOutSeconds">Seconds, at least 1.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static int OpenClient(int family, int timeOutSeconds)
    {
        var socket = Socket(family, StreamCloseOnExec, protocol: 0);
        if (socket < 0)
            throw LinuxFiles.Failed("socket");
        var linger = stackalloc int[2] { 1, 0 }; // struct linger: on, 0 seconds
        var timeOut = stackalloc nint[2] { timeOutSeconds, 0 }; // struct timeval: seconds, microseconds
        if (
            SetOption(socket, SocketLevel, Linger, linger, 2 * sizeof(int)) == 0
            && SetOption(socket, SocketLevel, SendTimeOut, timeOut, (uint)(2 * sizeof(nint))) == 0
        )
            return socket;

        var failure = LinuxFiles.Failed("setsockopt");
        LinuxFiles.Close(socket);
        throw failure;
    }

    /// <summary>Connects, within the socket's time-out. See connect(2).</summary>
    /// <returns>0, or -1 on failure, with the cause as the last P/Invoke error.</returns>
    public static int Connect(int socket, byte* address, int length) => NativeConnect(socket, address, (uint)length);

    /// <summary>Listens on a free port of 127.0.0.1; waiting connections are taken by <see cref="TryAccept"/>.</summary>
    /// <param name="backlog">Connections that may wait.</param>
    /// <param name="address">The address to connect to, as the kernel writes it.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static int Listen(int backlog, out byte[] address)
    {
        address = Serialize(new IPEndPoint(IPAddress.Loopback, 0));
        var length = (uint)address.Length;
        fixed (byte* start = address)
        {
            var socket = Socket(Family(address), StreamCloseOnExec | NonBlocking, protocol: 0);
            if (socket < 0)
                throw LinuxFiles.Failed("socket");
            if (Bind(socket, start, length) == 0 && NativeListen(socket, backlog) == 0 && GetName(socket, start, &length) == 0)
                return socket;

            var failure = LinuxFiles.Failed("listening on 127.0.0.1");
            LinuxFiles.Close(socket);
            throw failure;
        }
    }

    /// <summary>Takes a waiting connection without waiting for one; -1 where there is none.</summary>
    public static int TryAccept(int listener) => Accept(listener, address: null, length: null, CloseOnExec);

    /// <summary>Ends a socket's traffic while its descriptor stays open; a listener stops listening.</summary>
    public static void Shutdown(int socket) => _ = NativeShutdown(socket, ShutdownBoth);

    /// <summary>A socket that receives the kernel's events (netlink(7)); -1 where there is none to be had.</summary>
    /// <param name="timeOutSeconds">How long a receive waits.</param>
    public static int TryOpenKernelEvents(int timeOutSeconds)
    {
        var socket = Socket(Netlink, DatagramCloseOnExec, KernelEvents);
        if (socket < 0)
            return -1;
        var timeOut = stackalloc nint[2] { timeOutSeconds, 0 }; // struct timeval: seconds, microseconds
        var address = stackalloc uint[3] { 0, 0, KernelGroup }; // struct sockaddr_nl: family and padding, process, groups
        *(ushort*)address = Netlink; // the family alone, in either byte order
        if (
            SetOption(socket, SocketLevel, ReceiveTimeOut, timeOut, (uint)(2 * sizeof(nint))) == 0
            && Bind(socket, (byte*)address, 3 * sizeof(uint)) == 0
        )
            return socket;
        LinuxFiles.Close(socket);
        return -1;
    }

    /// <summary>Receives one message. See recv(2).</summary>
    /// <returns>Its bytes, or -1 on failure.</returns>
    public static int Receive(int socket, Span<byte> message, out int error)
    {
        fixed (byte* start = message)
        {
            var length = (int)NativeReceive(socket, start, (nuint)message.Length, flags: 0);
            error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
            return length;
        }
    }

    /// <summary>An address as the kernel has it (struct sockaddr).</summary>
    public static byte[] Serialize(IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        return address.Buffer[..address.Size].ToArray();
    }

    /// <summary>The address family of a serialized address.</summary>
    public static int Family(ReadOnlySpan<byte> address) => MemoryMarshal.Read<ushort>(address);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int NativeConnect(int socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int NativeListen(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    private static partial int GetName(int socket, byte* address, uint* length);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int Accept(int listener, byte* address, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint NativeReceive(int socket, byte* message, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    private static partial int NativeShutdown(int socket, int how);
}
