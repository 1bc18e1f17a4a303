using System.Runtime.InteropServices;

namespace OpenEntropy.Assessment.Suffixes;

/// <summary>Integers outside of the collected heap: tens of megabytes that are given back the moment they are no longer needed.</summary>
internal sealed unsafe class NativeBuffer : SafeHandle
{
    private readonly int _length;

    /// <summary>Takes memory, uninitialised.</summary>
    /// <param name="length">How many integers.</param>
    public NativeBuffer(int length)
        : base(0, ownsHandle: true)
    {
        _length = length;
        SetHandle((nint)NativeMemory.Alloc((nuint)length, sizeof(int)));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The integers, until the buffer is disposed of.</summary>
    public Span<int> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<int>((void*)handle, _length);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
