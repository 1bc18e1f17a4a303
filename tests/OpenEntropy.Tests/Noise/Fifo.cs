using System.Runtime.InteropServices;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>A named pipe in the place of a device, with this test at its other end.</summary>
internal sealed partial class Fifo : IDisposable
{
    private const int OwnerReadsAndWrites = 0x180; // 0600
    private int _end = -1;

    /// <summary>Makes the pipe and plugs it in.</summary>
    /// <param name="path">Where.</param>
    public Fifo(string path)
    {
        Path = path;
        Assert.Equal(0, Make(path, OwnerReadsAndWrites));
        Plug();
    }

    public string Path { get; }

    /// <summary>How many descriptors are open on it beside this test's own.</summary>
    public int OthersOpen => OpenFiles.CountOf(Path) - (_end >= 0 ? 1 : 0);

    /// <summary>What a device would send.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => Assert.True(TryWrite(bytes));

    /// <summary>What a device would send, unless the pipe is full.</summary>
    /// <param name="bytes">At most 4,096 are written all or not at all (PIPE_BUF).</param>
    public unsafe bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return LinuxFiles.Write(_end, start, bytes.Length) == bytes.Length;
    }

    /// <summary>The device is there: opened for reading as well, so that neither opening nor writing waits for whoever reads.</summary>
    public void Plug() => _end = LinuxFiles.Open(Path, LinuxFiles.ReadWrite | LinuxDevices.NonBlocking);

    /// <summary>The device is gone: whoever reads meets the end.</summary>
    public void Unplug()
    {
        if (_end >= 0)
            LinuxFiles.Close(_end);
        _end = -1;
    }

    public void Dispose() => Unplug();

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Make(string path, int mode);
}
