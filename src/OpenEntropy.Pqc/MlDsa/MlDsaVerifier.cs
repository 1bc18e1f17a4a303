using System.Security.Cryptography;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>A public key made ready to verify: the matrix expanded and t1 transformed, once. All of it is public; the time depends on it.</summary>
internal sealed class MlDsaVerifier
{
    private const int Size = NumberTheoreticTransform.Size;

    private readonly MlDsaParameters _parameters;
    private readonly int[] _high; // t1·2^d, transformed
    private readonly byte[] _keyHash = new byte[MlDsaParameters.KeyHashBytes]; // tr

    /// <summary>Algorithm 8, steps 1, 5 and 6.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="publicKey">The public key.</param>
    public MlDsaVerifier(MlDsaParameters parameters, ReadOnlySpan<byte> publicKey)
    {
        const int Width = 23 - MlDsaParameters.DroppedBits;
        _parameters = parameters;
        Matrix = MatrixSampling.Expand(parameters, publicKey[..MlDsaParameters.PartBytes]);
        MlDsaMessage.HashKey(publicKey, _keyHash);
        _high = new int[parameters.Rows * Size];
        for (var row = 0; row < parameters.Rows; row++)
        {
            var packed = publicKey.Slice(MlDsaParameters.PartBytes + (row * BitPacking.Bytes(Width)), BitPacking.Bytes(Width));
            BitPacking.Unpack(packed, Width, PolynomialVector.At(_high.AsSpan(), row));
        }

        foreach (ref var coefficient in _high.AsSpan())
            coefficient <<= MlDsaParameters.DroppedBits;
        PolynomialVector.Transform(_high);
    }

    /// <summary>The matrix, transformed; nobody changes it.</summary>
    public int[] Matrix { get; }

    /// <summary>tr, the hash of the key.</summary>
    public ReadOnlySpan<byte> KeyHash => _keyHash;

    /// <summary>Algorithm 3, ML-DSA.Verify.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="signature">The signature.</param>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature)
    {
        Span<byte> representative = stackalloc byte[MlDsaParameters.RepresentativeBytes];
        MlDsaMessage.Represent(_keyHash, context, message, representative);
        return VerifyRepresentative(representative, signature);
    }

    /// <summary>Algorithm 8, ML-DSA.Verify_internal, with μ given.</summary>
    /// <param name="representative">μ, 64 bytes.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>False for anything that is no signature, also for a wrong length.</returns>
    public bool VerifyRepresentative(ReadOnlySpan<byte> representative, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != _parameters.SignatureBytes || representative.Length != MlDsaParameters.RepresentativeBytes)
            return false;
        Span<int> response = stackalloc int[_parameters.Columns * Size];
        Span<byte> hint = stackalloc byte[_parameters.Rows * Size];
        var hash = signature[.._parameters.ChallengeHashBytes];

        // Steps 2 to 4, and the first half of step 13.
        ReadResponse(signature[hash.Length..], response);
        if (
            !HintPacking.TryUnpack(signature[^(_parameters.Omega + _parameters.Rows)..], _parameters.Omega, hint)
            || PolynomialVector.MaskOfAtLeast(response, _parameters.Gamma1 - _parameters.Beta) != 0
        )
        {
            return false;
        }

        // Steps 8 to 12, and the second half of step 13.
        Span<int> challenge = stackalloc int[Size];
        Challenge.Sample(_parameters, hash, challenge);
        NumberTheoreticTransform.Forward(challenge);
        PolynomialVector.Transform(response);
        Span<byte> again = stackalloc byte[_parameters.ChallengeHashBytes];
        HashCommitment(representative, challenge, response, hint, again);
        return CryptographicOperations.FixedTimeEquals(again, hash);
    }

    private void ReadResponse(ReadOnlySpan<byte> source, Span<int> response)
    {
        for (var column = 0; column < _parameters.Columns; column++)
        {
            BitPacking.UnpackBelow(source, _parameters.Gamma1, _parameters.ResponseBits, PolynomialVector.At(response, column));
            source = source[BitPacking.Bytes(_parameters.ResponseBits)..];
        }
    }

    // Steps 9 to 12, row by row.
    private void HashCommitment(
        ReadOnlySpan<byte> representative,
        ReadOnlySpan<int> challenge,
        ReadOnlySpan<int> response,
        ReadOnlySpan<byte> hint,
        Span<byte> hash
    )
    {
        var rounding = new Rounding(_parameters);
        Span<int> polynomial = stackalloc int[Size];
        Span<byte> packed = stackalloc byte[BitPacking.Bytes(_parameters.HighBits)];
        var sponge = Sponge.Shake256();
        sponge.Absorb(representative);
        for (var row = 0; row < _parameters.Rows; row++)
        {
            PolynomialVector.MultiplyRow(Matrix.AsSpan(row * response.Length, response.Length), response, polynomial);
            ReadOnlySpan<int> high = PolynomialVector.At(_high.AsSpan(), row);
            for (var j = 0; j < Size; j++)
                polynomial[j] -= ModQ.Multiply(challenge[j], high[j]);
            NumberTheoreticTransform.Inverse(polynomial);
            for (var j = 0; j < Size; j++)
                polynomial[j] = rounding.UseHint(hint[(row * Size) + j], ModQ.Canonical(polynomial[j]));
            BitPacking.Pack(polynomial, _parameters.HighBits, packed); // Algorithm 28, w1Encode
            sponge.Absorb(packed);
        }

        sponge.Squeeze(hash);
    }
}
