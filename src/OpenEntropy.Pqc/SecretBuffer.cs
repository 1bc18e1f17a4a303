using System.Buffers;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc;

/// <summary>A growing buffer for what holds secrets: pinned, and zeroed when it grows and when it is disposed of.</summary>
/// <param name="capacity">Bytes at first.</param>
internal sealed class SecretBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = GC.AllocateArray<byte>(capacity, pinned: true);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

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
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

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
        var larger = GC.AllocateArray<byte>(Math.Max(wanted, 2 * _bytes.Length), pinned: true);
        Written.Span.CopyTo(larger);
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = larger;
    }
}
