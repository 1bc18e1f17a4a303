using System.Buffers;
using System.Security.Cryptography;

namespace OpenEntropy.Http;

/// <summary>A growing buffer for what holds secrets: pinned, so that the collector leaves no copies, and zeroed when it grows and at the end.</summary>
/// <param name="capacity">Bytes at first.</param>
internal sealed class SecretBytes(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = GC.AllocateArray<byte>(capacity, pinned: true);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>A zeroed array that stays where it is.</summary>
    /// <param name="length">Bytes.</param>
    public static byte[] ArrayOf(int length) => GC.AllocateArray<byte>(length, pinned: true);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Zeroes it.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        Length = 0;
    }

    private void Reserve(int sizeHint)
    {
        var wanted = Length + Math.Max(1, sizeHint);
        if (wanted <= _bytes.Length)
            return;
        var larger = ArrayOf(Math.Max(wanted, 2 * _bytes.Length));
        Written.Span.CopyTo(larger);
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = larger;
    }
}
