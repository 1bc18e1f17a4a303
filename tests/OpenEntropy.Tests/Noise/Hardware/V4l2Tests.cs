using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class V4l2Tests
{
    private const uint Write = 1; // _IOC_WRITE
    private const uint Read = 2; // _IOC_READ

    [Fact]
    public void Requests_OfEveryKind_HoldTheirStructuresSizes()
    {
        Assert.Equal(V4l2.QueryCapability, Request(Read, 0, Unsafe.SizeOf<V4l2.Capability>()));
        Assert.Equal(V4l2.SetFormat, Request(Read | Write, 5, Unsafe.SizeOf<V4l2.Format>()));
        Assert.Equal(V4l2.RequestBuffers, Request(Read | Write, 8, Unsafe.SizeOf<V4l2.Buffers>()));
        Assert.Equal(V4l2.QueryBuffer, Request(Read | Write, 9, Unsafe.SizeOf<V4l2.Buffer>()));
        Assert.Equal(V4l2.Queue, Request(Read | Write, 15, Unsafe.SizeOf<V4l2.Buffer>()));
        Assert.Equal(V4l2.Dequeue, Request(Read | Write, 17, Unsafe.SizeOf<V4l2.Buffer>()));
        Assert.Equal(V4l2.StreamOn, Request(Write, 18, sizeof(int)));
        Assert.Equal(V4l2.StreamOff, Request(Write, 19, sizeof(int)));
    }

    [Fact]
    public void PixelFormats_AsBytes_AreTheirFourCharacters()
    {
        Assert.Equal("YUYV"u8, MemoryMarshal.AsBytes<uint>([V4l2.Yuyv]));
        Assert.Equal("GREY"u8, MemoryMarshal.AsBytes<uint>([V4l2.Grey]));
    }

    /// <summary>_IOC of asm-generic/ioctl.h: direction, size, 'V' and number.</summary>
    private static uint Request(uint direction, uint number, int size) =>
        (direction << 30) | ((uint)size << 16) | ((uint)'V' << 8) | number;
}
