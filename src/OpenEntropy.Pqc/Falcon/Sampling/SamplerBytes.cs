using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Falcon.Sampling;

/// <summary>
/// The specification's UniformBits (3.9.3): bytes of a generator, in the order of its test vectors: the first byte of 72 bits is the most
/// significant.
/// </summary>
internal sealed class SamplerBytes(RandomBytes source) : IDisposable
{
    private const int BufferBytes = 8 * 136; // eight blocks of SHAKE256

    private readonly byte[] _buffer = SecretArray.Of<byte>(BufferBytes);
    private int _position = BufferBytes;

    /// <summary>Eight bits.</summary>
    public uint Next8()
    {
        Reserve(1);
        return _buffer[_position++];
    }

    /// <summary>72 bits, as two halves of 36.</summary>
    public (ulong High, ulong Low) Next72()
    {
        Reserve(9);
        var high = BinaryPrimitives.ReadUInt64BigEndian(_buffer.AsSpan(_position));
        var low = ((high & 0xFFFFFFF) << 8) | _buffer[_position + 8];
        _position += 9;
        return (high >> 28, low);
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_buffer);

    private void Reserve(int count)
    {
        var left = BufferBytes - _position;
        if (left >= count)
            return;
        _buffer.AsSpan(_position).CopyTo(_buffer);
        source(_buffer.AsSpan(left));
        _position = 0;
    }
}
