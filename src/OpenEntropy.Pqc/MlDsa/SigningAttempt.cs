using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>One try of the loop in FIPS 204, Algorithm 7, in memory that its owner zeroes. Of its time see <see cref="MlDsaSigner.Sign"/>.</summary>
internal readonly ref struct SigningAttempt
{
    private const int Size = NumberTheoreticTransform.Size;

    private readonly MlDsaParameters _parameters;
    private readonly Rounding _rounding;
    private readonly ReadOnlySpan<int> _matrix;
    private readonly ReadOnlySpan<int> _s1;
    private readonly ReadOnlySpan<int> _s2;
    private readonly ReadOnlySpan<int> _t0;
    private readonly Span<int> _response; // y, then z
    private readonly Span<int> _transformed; // y, transformed
    private readonly Span<int> _commitment; // w, then w - c·s2
    private readonly Span<int> _challenge; // c, transformed
    private readonly Span<int> _product; // one polynomial
    private readonly Span<byte> _hint; // one byte for each coefficient

    /// <summary>Divides the memory.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="secrets">s1, s2 and t0, transformed.</param>
    /// <param name="memory"><see cref="Integers"/> numbers, of whatever content.</param>
    public SigningAttempt(MlDsaParameters parameters, ReadOnlySpan<int> matrix, ReadOnlySpan<int> secrets, Span<int> memory)
    {
        var columns = parameters.Columns * Size;
        var rows = parameters.Rows * Size;
        _parameters = parameters;
        _rounding = new Rounding(parameters);
        _matrix = matrix;
        _s1 = secrets[..columns];
        _s2 = secrets.Slice(columns, rows);
        _t0 = secrets[(columns + rows)..];
        _response = memory[..columns];
        _transformed = memory.Slice(columns, columns);
        memory = memory[(2 * columns)..];
        _commitment = memory[..rows];
        _challenge = memory.Slice(rows, Size);
        _product = memory.Slice(rows + Size, Size);
        _hint = MemoryMarshal.AsBytes(memory[(rows + (2 * Size))..]);
    }

    /// <summary>Numbers of memory needed.</summary>
    public static int Integers(MlDsaParameters parameters) =>
        ((2 * parameters.Columns) + parameters.Rows + 2 + (parameters.Rows / sizeof(int)) + 1) * Size;

    /// <summary>Algorithm 7, steps 11 to 33.</summary>
    /// <param name="seed">ρ''.</param>
    /// <param name="counter">κ.</param>
    /// <param name="representative">μ.</param>
    /// <param name="signature">Becomes the signature where the try is taken; otherwise its content means nothing.</param>
    /// <returns>Whether the try is taken.</returns>
    public bool TrySign(ReadOnlySpan<byte> seed, int counter, ReadOnlySpan<byte> representative, Span<byte> signature)
    {
        // Steps 11 to 13.
        SecretSampling.ExpandMask(_parameters, seed, counter, _response);
        _response.CopyTo(_transformed);
        PolynomialVector.Transform(_transformed);
        PolynomialVector.MultiplyMatrix(_matrix, _transformed, _commitment);

        // Steps 14 to 17.
        var hash = signature[.._parameters.ChallengeHashBytes];
        HashCommitment(representative, hash);
        Challenge.Sample(_parameters, hash, _challenge);
        NumberTheoreticTransform.Forward(_challenge);

        // Steps 18 to 33.
        if (!TryRespond() || !TrySubtract() || !TryHint())
            return false;
        WriteResponse(signature[hash.Length..]);
        HintPacking.Pack(_hint[..(_parameters.Rows * Size)], _parameters.Omega, signature[^(_parameters.Omega + _parameters.Rows)..]);
        return true;
    }

    private void HashCommitment(ReadOnlySpan<byte> representative, Span<byte> hash)
    {
        Span<byte> packed = stackalloc byte[BitPacking.Bytes(_parameters.HighBits)];
        var sponge = Sponge.Shake256();
        sponge.Absorb(representative);
        for (var row = 0; row < _parameters.Rows; row++)
        {
            var polynomial = PolynomialVector.At(_commitment, row);
            for (var j = 0; j < Size; j++)
            {
                polynomial[j] = ModQ.Canonical(polynomial[j]);
                _product[j] = _rounding.HighBits(polynomial[j]);
            }

            BitPacking.Pack(_product, _parameters.HighBits, packed); // Algorithm 28, w1Encode
            sponge.Absorb(packed);
        }

        sponge.Squeeze(hash);
        sponge.Clear();
        CryptographicOperations.ZeroMemory(packed);
    }

    // z = y + c·s1, and the first half of step 23.
    private bool TryRespond()
    {
        var refused = 0;
        for (var column = 0; column < _parameters.Columns; column++)
        {
            Multiply(_s1, column);
            var polynomial = PolynomialVector.At(_response, column);
            for (var j = 0; j < Size; j++)
                polynomial[j] = ModQ.Centred(polynomial[j] + _product[j]);
            refused |= PolynomialVector.MaskOfAtLeast(polynomial, _parameters.Gamma1 - _parameters.Beta);
        }

        return refused == 0;
    }

    // w - c·s2, its low bits, and the second half of step 23.
    private bool TrySubtract()
    {
        var (refused, bound) = (0, _parameters.Gamma2 - _parameters.Beta);
        for (var row = 0; row < _parameters.Rows; row++)
        {
            Multiply(_s2, row);
            var polynomial = PolynomialVector.At(_commitment, row);
            for (var j = 0; j < Size; j++)
            {
                polynomial[j] = ModQ.Canonical(polynomial[j] - _product[j]);
                refused |= ModQ.MaskOfAtLeast(_rounding.Decompose(polynomial[j]).Low, bound);
            }
        }

        return refused == 0;
    }

    // c·t0, the hint (Algorithm 39, MakeHint), and step 28.
    private bool TryHint()
    {
        var (refused, ones) = (0, 0);
        for (var row = 0; row < _parameters.Rows; row++)
        {
            Multiply(_t0, row);
            var polynomial = PolynomialVector.At(_commitment, row);
            for (var j = 0; j < Size; j++)
            {
                var product = ModQ.Centred(_product[j]);
                refused |= ModQ.MaskOfAtLeast(product, _parameters.Gamma2);
                var difference = _rounding.HighBits(polynomial[j]) ^ _rounding.HighBits(ModQ.Canonical(polynomial[j] + product));
                var bit = (int)((uint)-difference >> 31); // 1 where the high bits differ: they are small and not negative
                _hint[(row * Size) + j] = (byte)bit;
                ones += bit;
            }
        }

        return (refused | ((_parameters.Omega - ones) >> 31)) == 0;
    }

    private void WriteResponse(Span<byte> target)
    {
        for (var column = 0; column < _parameters.Columns; column++)
        {
            var polynomial = PolynomialVector.At(_response, column);
            BitPacking.PackBelow(polynomial, _parameters.Gamma1, _parameters.ResponseBits, target);
            target = target[BitPacking.Bytes(_parameters.ResponseBits)..];
        }
    }

    private void Multiply(ReadOnlySpan<int> secrets, int index)
    {
        PolynomialVector.Multiply(_challenge, PolynomialVector.At(secrets, index), _product);
        NumberTheoreticTransform.Inverse(_product);
    }
}
