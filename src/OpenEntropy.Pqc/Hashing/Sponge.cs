using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Hashing;

/// <summary>
/// The functions of FIPS 202 in steps: absorb as often as wanted, then squeeze as often as wanted. The framework's SHAKE cannot be squeezed twice where
/// OpenSSL is older than 3.3. A value type without heap memory: keep it in one place, pass it by reference, and <see cref="Clear"/> it after a secret.
/// </summary>
internal struct Sponge
{
    private const byte ShakeSuffix = 0x1F; // FIPS 202, B.2: 1111 and the first bit of the padding
    private const byte Sha3Suffix = 0x06; // 01 and the first bit of the padding

    private State _state;
    private readonly int _rate;
    private readonly byte _suffix;
    private int _position;
    private bool _squeezing;

    private Sponge(int rate, byte suffix) => (_rate, _suffix) = (rate, suffix);

    /// <summary>Bytes of a block: the output of one permutation.</summary>
    public readonly int Rate => _rate;

    /// <summary>SHAKE128 (FIPS 202, 6.2).</summary>
    public static Sponge Shake128() => new(168, ShakeSuffix);

    /// <summary>SHAKE256 (FIPS 202, 6.2).</summary>
    public static Sponge Shake256() => new(136, ShakeSuffix);

    /// <summary>SHA3-256 (FIPS 202, 6.1): squeeze 32 bytes.</summary>
    public static Sponge Sha3Of256() => new(136, Sha3Suffix);

    /// <summary>SHA3-512 (FIPS 202, 6.1): squeeze 64 bytes.</summary>
    public static Sponge Sha3Of512() => new(72, Sha3Suffix);

    /// <summary>Takes input.</summary>
    /// <exception cref="InvalidOperationException">Output was already taken.</exception>
    public void Absorb(scoped ReadOnlySpan<byte> input)
    {
        if (_squeezing)
            throw new InvalidOperationException("A sponge that was squeezed absorbs nothing more.");
        var bytes = _state.Bytes;
        while (!input.IsEmpty)
        {
            var count = Math.Min(input.Length, _rate - _position);
            Xor(bytes.Slice(_position, count), input[..count]);
            input = input[count..];
            _position += count;
            if (_position == _rate)
                Permute();
        }
    }

    /// <summary>Gives the next bytes of output.</summary>
    public void Squeeze(scoped Span<byte> output)
    {
        var bytes = _state.Bytes;
        if (!_squeezing)
        {
            bytes[_position] ^= _suffix;
            bytes[_rate - 1] ^= 0x80; // FIPS 202, 5.1: the last bit of pad10*1
            _squeezing = true;
            Permute();
        }

        while (!output.IsEmpty)
        {
            if (_position == _rate)
                Permute();
            var count = Math.Min(output.Length, _rate - _position);
            bytes.Slice(_position, count).CopyTo(output);
            output = output[count..];
            _position += count;
        }
    }

    /// <summary>Zeroes the state and begins anew with the same function.</summary>
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_state.Bytes);
        (_position, _squeezing) = (0, false);
    }

    private void Permute()
    {
        KeccakPermutation.Apply(_state.Lanes);
        _position = 0;
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> input)
    {
        for (; input.Length >= sizeof(ulong); input = input[sizeof(ulong)..], target = target[sizeof(ulong)..])
            MemoryMarshal.Write(target, MemoryMarshal.Read<ulong>(target) ^ MemoryMarshal.Read<ulong>(input));
        for (var i = 0; i < input.Length; i++)
            target[i] ^= input[i];
    }

    [InlineArray(KeccakPermutation.Lanes)]
    private struct State
    {
        private ulong _first;

        [UnscopedRef]
        public Span<ulong> Lanes => MemoryMarshal.CreateSpan(ref _first, KeccakPermutation.Lanes);

        /// <summary>The lanes as the bytes of FIPS 202, B.1, on a little-endian machine.</summary>
        [UnscopedRef]
        public Span<byte> Bytes => MemoryMarshal.AsBytes(Lanes);
    }
}
