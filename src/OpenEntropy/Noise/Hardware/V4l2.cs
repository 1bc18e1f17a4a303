using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The part of Video4Linux that capture needs: requests, constants and structures of the kernel's <c>linux/videodev2.h</c>, as 64-bit x86 and ARM
/// have them. A request's number holds its structure's size.
/// </summary>
internal static class V4l2
{
    public const uint QueryCapability = 0x8068_5600; // VIDIOC_QUERYCAP
    public const uint SetFormat = 0xC0D0_5605; // VIDIOC_S_FMT
    public const uint RequestBuffers = 0xC014_5608; // VIDIOC_REQBUFS
    public const uint QueryBuffer = 0xC058_5609; // VIDIOC_QUERYBUF
    public const uint Queue = 0xC058_560F; // VIDIOC_QBUF
    public const uint Dequeue = 0xC058_5611; // VIDIOC_DQBUF
    public const uint StreamOn = 0x4004_5612; // VIDIOC_STREAMON
    public const uint StreamOff = 0x4004_5613; // VIDIOC_STREAMOFF

    public const uint Capture = 1; // V4L2_BUF_TYPE_VIDEO_CAPTURE
    public const uint Mapped = 1; // V4L2_MEMORY_MMAP
    public const uint Progressive = 1; // V4L2_FIELD_NONE
    public const uint Broken = 0x40; // V4L2_BUF_FLAG_ERROR

    public const uint CanCapture = 0x0000_0001; // V4L2_CAP_VIDEO_CAPTURE
    public const uint CanStream = 0x0400_0000; // V4L2_CAP_STREAMING
    public const uint HasOwnCapabilities = 0x8000_0000; // V4L2_CAP_DEVICE_CAPS

    public const uint Yuyv = 0x5659_5559; // V4L2_PIX_FMT_YUYV: luma, blue, luma, red, eight bits each for two pixels
    public const uint Grey = 0x5945_5247; // V4L2_PIX_FMT_GREY: luma, eight bits

    /// <summary>struct v4l2_capability.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 104)]
    public struct Capability
    {
        /// <summary>What the whole device can.</summary>
        [FieldOffset(84)]
        public uint Device;

        /// <summary>What this node of it can, where <see cref="HasOwnCapabilities"/> is set.</summary>
        [FieldOffset(88)]
        public uint Node;
    }

    /// <summary>struct v4l2_format with its struct v4l2_pix_format.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 208)]
    public struct Format
    {
        [FieldOffset(0)]
        public uint Type;

        [FieldOffset(8)]
        public uint Width;

        [FieldOffset(12)]
        public uint Height;

        [FieldOffset(16)]
        public uint PixelFormat;

        [FieldOffset(20)]
        public uint Field;

        [FieldOffset(24)]
        public uint BytesPerLine;
    }

    /// <summary>struct v4l2_requestbuffers.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 20)]
    public struct Buffers
    {
        [FieldOffset(0)]
        public uint Count;

        [FieldOffset(4)]
        public uint Type;

        [FieldOffset(8)]
        public uint Memory;
    }

    /// <summary>struct v4l2_buffer.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 88)]
    public struct Buffer
    {
        [FieldOffset(0)]
        public uint Index;

        [FieldOffset(4)]
        public uint Type;

        [FieldOffset(8)]
        public uint BytesUsed;

        [FieldOffset(12)]
        public uint Flags;

        [FieldOffset(60)]
        public uint Memory;

        /// <summary>Where mmap finds the buffer.</summary>
        [FieldOffset(64)]
        public uint Offset;

        [FieldOffset(72)]
        public uint Length;
    }
}
