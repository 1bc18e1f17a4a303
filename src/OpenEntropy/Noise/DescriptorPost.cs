using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// A pair of connected Unix sockets by which one process sends itself a descriptor (SCM_RIGHTS, unix(7)). What is on its way when the pair is
/// disposed of is closed by the kernel.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class DescriptorPost : IDisposable
{
    private const int Unix = 1; // AF_UNIX
    private const int Stream = 1 | 0x800 | 0x80000; // SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int CloseOnExec = 0x40000000; // MSG_CMSG_CLOEXEC

    private readonly Letter* _letter = (Letter*)NativeMemory.AllocZeroed((nuint)sizeof(Letter));
    private int _sender = -1;
    private int _receiver = -1;

    /// <summary>Makes the pair.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public DescriptorPost()
    {
        var ends = stackalloc int[2];
        if (SocketPair(Unix, Stream, protocol: 0, ends) != 0)
        {
            var failure = LinuxFiles.Failed("making a pair of sockets");
            NativeMemory.Free(_letter);
            throw failure;
        }

        (_sender, _receiver) = (ends[0], ends[1]);
    }

    /// <summary>Sends a descriptor. See sendmsg(2).</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public void Send(int descriptor)
    {
        Address();
        _letter->Control = new ControlMessage
        {
            Length = sizeof(ControlMessage) - sizeof(int), // CMSG_LEN(4): without the padding
            Level = SocketLevel,
            Type = Rights,
            Descriptor = descriptor,
        };
        if (SendMessage(_sender, &_letter->Header, NoSignal) != 1)
            throw LinuxFiles.Failed("sending a descriptor");
    }

    /// <summary>Receives what was sent. See recvmsg(2).</summary>
    /// <returns>Another descriptor of the same file, to be closed once.</returns>
    /// <exception cref="NoiseSourceException">The kernel refused, or gave no descriptor, as where this process may have no more.</exception>
    public int Receive()
    {
        Address();
        _letter->Control = default;
        if (ReceiveMessage(_receiver, &_letter->Header, CloseOnExec) != 1)
            throw LinuxFiles.Failed("receiving a descriptor");
        var control = _letter->Control;
        return control.Length == sizeof(ControlMessage) - sizeof(int) && control.Level == SocketLevel && control.Type == Rights
            ? control.Descriptor
            : throw new NoiseSourceException("a message came without its descriptor: this process may have too many files open");
    }

    /// <summary>Closes both sockets.</summary>
    public void Dispose()
    {
        if (_sender < 0)
            return;
        LinuxFiles.Close(_sender);
        LinuxFiles.Close(_receiver);
        (_sender, _receiver) = (-1, -1);
        NativeMemory.Free(_letter);
    }

    /// <summary>The kernel writes into the header, so it is written anew before each call.</summary>
    private void Address()
    {
        _letter->Vector = new IoVector { Base = &_letter->Body, Length = 1 };
        _letter->Header = new MessageHeader
        {
            Vectors = &_letter->Vector,
            VectorCount = 1,
            Control = &_letter->Control,
            ControlLength = sizeof(ControlMessage),
        };
    }

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int family, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int socket, MessageHeader* message, int flags);

    /// <summary>struct iovec.</summary>
    private struct IoVector
    {
        public byte* Base;
        public nint Length;
    }

    /// <summary>struct msghdr of 64-bit systems; C libraries that declare the lengths as int pad them, which little-endian zeros are.</summary>
    private struct MessageHeader
    {
        public void* Name;
        public nint NameLength;
        public IoVector* Vectors;
        public nint VectorCount;
        public ControlMessage* Control;
        public nint ControlLength;
        public nint Flags;
    }

    /// <summary>struct cmsghdr with one descriptor and its padding (CMSG_SPACE(4)).</summary>
    private struct ControlMessage
    {
        public nint Length;
        public int Level;
        public int Type;
        public int Descriptor;
        public int Padding;
    }

    /// <summary>A message of one byte and what belongs to it, at an address that stays.</summary>
    private struct Letter
    {
        public MessageHeader Header;
        public IoVector Vector;
        public ControlMessage Control;
        public byte Body;
    }
}
