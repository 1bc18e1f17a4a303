using System.Runtime.InteropServices;
using System.Text;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>A pseudo-terminal in the place of a serial port or another device, with this test at its other end.</summary>
internal sealed unsafe partial class PseudoTerminal : IDisposable
{
    private const int PathBytes = 128;
    private const nuint UnreadCall = 0x541B; // FIONREAD
    private int _end;

    /// <summary>Makes a pair.</summary>
    /// <param name="raw">Whether it passes bytes as they are from the start; otherwise it edits lines, as terminals do, until its port is set.</param>
    public PseudoTerminal(bool raw = true)
    {
        _end = LinuxFiles.Open("/dev/ptmx", LinuxFiles.ReadWrite | LinuxDevices.NonBlocking | LinuxDevices.NoControllingTerminal);
        var path = stackalloc byte[PathBytes];
        Assert.Equal((0, 0, 0), (Grant(_end), Unlock(_end), Name(_end, path, PathBytes)));
        Path = Marshal.PtrToStringUTF8((nint)path)!;
        if (raw)
            Assert.True(LinuxTerminal.MakeRaw(_end, rate: 9600));
    }

    /// <summary>The port.</summary>
    public string Path { get; }

    /// <summary>How many descriptors are open on the port; its name goes when the device does.</summary>
    public int OthersOpen => OpenFiles.CountOf(_end >= 0 ? Path : Path + " (deleted)");

    /// <summary>Bytes sent to the port that nobody read.</summary>
    public int Unread
    {
        get
        {
            var port = LinuxFiles.Open(Path, LinuxFiles.ReadWrite | LinuxDevices.NonBlocking | LinuxDevices.NoControllingTerminal);
            var count = 0;
            Assert.Equal(0, LinuxDevices.Control(port, UnreadCall, (nint)(&count)));
            LinuxFiles.Close(port);
            return count;
        }
    }

    /// <summary>The test's end.</summary>
    public int Descriptor => _end;

    /// <summary>What a device would send.</summary>
    public void Write(string text) => Write(Encoding.ASCII.GetBytes(text));

    /// <summary>What a device would send.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => Assert.Equal(bytes.Length, TryWrite(bytes));

    /// <summary>Sends as many bytes as fit.</summary>
    /// <returns>How many; -1 for none.</returns>
    public int TryWrite(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return LinuxFiles.Write(_end, start, bytes.Length);
    }

    /// <summary>What was sent to the device, if anything comes within a time.</summary>
    public byte[] Read(TimeSpan timeOut)
    {
        var buffer = stackalloc byte[4096];
        var read = LinuxDevices.WaitReadable(_end, timeOut) ? LinuxFiles.Read(_end, buffer, 4096) : 0;
        return new ReadOnlySpan<byte>(buffer, Math.Max(read, 0)).ToArray();
    }

    /// <summary>The device is gone.</summary>
    public void Unplug()
    {
        if (_end >= 0)
            LinuxFiles.Close(_end);
        _end = -1;
    }

    public void Dispose() => Unplug();

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int terminal);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int terminal);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int Name(int terminal, byte* path, nuint length);
}
