using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenEntropy.Assessment.Suffixes;

/// <summary>Numbers outside of the collected heap: tens of megabytes that are given back the moment they are no longer needed.</summary>
/// <typeparam name="T">A type of number.</typeparam>
internal sealed unsafe class NativeBuffer<T> : SafeHandle
    where T : unmanaged
{
    // The C library maps what is larger than this, and unmaps it when it is freed; smaller blocks it may keep. What is not used costs addresses only.
    private const long LeastBytes = (32L << 20) + 1;

    private readonly int _length;

    /// <summary>Takes memory, uninitialised.</summary>
    /// <param name="length">How many numbers.</param>
    public NativeBuffer(int length)
        : base(0, ownsHandle: true)
    {
        _length = length;
        SetHandle((nint)NativeMemory.Alloc((nuint)Math.Max(LeastBytes, (long)length * Unsafe.SizeOf<T>())));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The numbers, until the buffer is disposed of.</summary>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<T>((void*)handle, _length);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
