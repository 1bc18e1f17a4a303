using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Server.Randomness;

/// <summary>A rented buffer for random bytes, zeroed before it goes back.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct PooledBytes : IDisposable
{
    private readonly byte[] _array;
    private readonly int _length;

    private PooledBytes(int length)
    {
        _array = ArrayPool<byte>.Shared.Rent(length);
        _length = length;
    }

    /// <summary>The buffer, exactly as long as asked.</summary>
    public Span<byte> Span => _array.AsSpan(0, _length);

    /// <inheritdoc cref="Span"/>
    public Memory<byte> Memory => _array.AsMemory(0, _length);

    /// <summary>Rents a buffer.</summary>
    /// <param name="length">Bytes.</param>
    public static PooledBytes Rent(int length) => new(length);

    /// <summary>The memory that a buffer takes: the pool's arrays have powers of two for lengths.</summary>
    /// <param name="length">Its length, bytes.</param>
    public static long RentedLength(long length) => (long)BitOperations.RoundUpToPowerOf2((ulong)length);

    /// <summary>Zeroes the buffer and gives it back. To be called once.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Span);
        ArrayPool<byte>.Shared.Return(_array);
    }
}
