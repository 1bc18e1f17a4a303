using System.Runtime.InteropServices;
using System.Text;
using OpenEntropy.Noise.Hardware;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>
/// A kernel's side of a video device that plays constructed frames. It reads and writes the requests' structures at their byte offsets in
/// linux/videodev2.h, without the source's own declarations.
/// </summary>
internal sealed unsafe class ConstructedCamera : VideoNode
{
    public const int BytesPerBuffer = 4096;

    private readonly Queue<(byte[] Bytes, uint Flags, int Error)> _frames = new();
    private readonly Queue<uint> _handedIn = new();
    private readonly Dictionary<uint, nint> _mapped = [];
    private readonly Dictionary<uint, int> _errors = [];

    public int Width { get; init; } = 32;

    public int Height { get; init; } = 16;

    public int BytesPerLine { get; init; }

    public int BuffersGiven { get; init; } = 3;

    public uint Capabilities { get; init; } = 0x8420_0001; // capture, streaming, own capabilities

    public uint NodeCapabilities { get; init; } = 0x0420_0001;

    /// <summary>Four characters each; the first is offered in place of any other.</summary>
    public IReadOnlyList<string> Formats { get; init; } = ["YUYV"];

    public bool RefusesMapping { get; init; }

    public int Mappings => _mapped.Count;

    public bool IsStreaming { get; private set; }

    public bool IsDisposed { get; private set; }

    public int WaitResult { get; init; }

    /// <summary>Gives a frame whenever one is asked for, where the constructed ones are over.</summary>
    public Func<byte[]>? Endless { get; init; }

    public ConstructedCamera Then(byte[] frame, uint flags = 0)
    {
        _frames.Enqueue((frame, flags, 0));
        return this;
    }

    public ConstructedCamera Then(int error)
    {
        _frames.Enqueue(([], 0, error));
        return this;
    }

    /// <summary>A request fails with an errno.</summary>
    public ConstructedCamera Failing(uint request, int error)
    {
        _errors[request] = error;
        return this;
    }

    public override int Control(uint request, void* argument)
    {
        if (_errors.TryGetValue(request, out var error))
            return -error;
        var bytes = new Span<byte>(argument, (int)(request >> 16) & 0x3FFF);
        return request switch
        {
            0x8068_5600 => QueryCapability(bytes),
            0xC0D0_5605 => SetFormat(bytes),
            0xC014_5608 => RequestBuffers(bytes),
            0xC058_5609 => QueryBuffer(bytes),
            0xC058_560F => HandIn(bytes),
            0xC058_5611 => Dequeue(bytes),
            0x4004_5612 => Stream(on: true),
            0x4004_5613 => Stream(on: false),
            _ => -25, // ENOTTY
        };
    }

    public override int Wait(int milliseconds) => _frames.Count > 0 || Endless is not null ? 1 : WaitResult;

    public override byte* Map(nuint length, uint offset)
    {
        if (RefusesMapping)
            return null;
        var address = NativeMemory.AllocZeroed(length);
        _mapped.Add(offset / BytesPerBuffer, (nint)address);
        return (byte*)address;
    }

    public override void Unmap(byte* address, nuint length)
    {
        Assert(length == BytesPerBuffer && _mapped.ContainsValue((nint)address));
        _ = _mapped.Remove(_mapped.Single(pair => pair.Value == (nint)address).Key);
        NativeMemory.Free(address);
    }

    public override void Dispose() => IsDisposed = true;

    private int QueryCapability(Span<byte> bytes)
    {
        Put(bytes, 84, Capabilities);
        Put(bytes, 88, NodeCapabilities);
        return 0;
    }

    private int SetFormat(Span<byte> bytes)
    {
        Assert(Get(bytes, 0) == 1 && Get(bytes, 8) > 0 && Get(bytes, 12) > 0);
        var wanted = Encoding.ASCII.GetString(bytes.Slice(16, 4));
        var given = Formats.Contains(wanted, StringComparer.Ordinal) ? wanted : Formats[0];
        Put(bytes, 8, (uint)Width);
        Put(bytes, 12, (uint)Height);
        _ = Encoding.ASCII.GetBytes(given, bytes.Slice(16, 4));
        Put(bytes, 24, (uint)BytesPerLine);
        return 0;
    }

    private int RequestBuffers(Span<byte> bytes)
    {
        Assert(Get(bytes, 0) > 1 && Get(bytes, 4) == 1 && Get(bytes, 8) == 1);
        Put(bytes, 0, (uint)BuffersGiven);
        return 0;
    }

    private static int QueryBuffer(Span<byte> bytes)
    {
        Assert(Get(bytes, 4) == 1);
        Put(bytes, 60, 1);
        Put(bytes, 64, Get(bytes, 0) * BytesPerBuffer);
        Put(bytes, 72, BytesPerBuffer);
        return 0;
    }

    private int HandIn(Span<byte> bytes)
    {
        Assert(Get(bytes, 4) == 1 && Get(bytes, 60) == 1 && _mapped.ContainsKey(Get(bytes, 0)));
        Assert(!_handedIn.Contains(Get(bytes, 0)));
        _handedIn.Enqueue(Get(bytes, 0));
        return 0;
    }

    private int Dequeue(Span<byte> bytes)
    {
        Assert(IsStreaming && Get(bytes, 4) == 1 && Get(bytes, 60) == 1);
        if (!_frames.TryDequeue(out var frame))
        {
            if (Endless is null)
                return -11; // EAGAIN
            frame = (Endless(), 0, 0);
        }

        if (frame.Error != 0)
            return -frame.Error;
        var index = _handedIn.Dequeue();
        frame.Bytes.CopyTo(new Span<byte>((void*)_mapped[index], BytesPerBuffer));
        Put(bytes, 0, index);
        Put(bytes, 8, (uint)frame.Bytes.Length);
        Put(bytes, 12, frame.Flags);
        Put(bytes, 72, BytesPerBuffer);
        return 0;
    }

    private int Stream(bool on)
    {
        Assert(!on || _handedIn.Count == BuffersGiven);
        IsStreaming = on;
        if (!on)
            _handedIn.Clear();
        return 0;
    }

    private static uint Get(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<uint>(bytes[offset..]);

    private static void Put(Span<byte> bytes, int offset, uint value) => MemoryMarshal.Write(bytes[offset..], value);

    private static void Assert(bool condition) => Xunit.Assert.True(condition);
}
