using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>A public key of ML-DSA: FIPS 204. Verification is the platform's where it has ML-DSA, otherwise ours; both decide alike.</summary>
internal sealed class MlDsaPublicKey
{
    private readonly byte[] _encoded;
    private readonly Lazy<MlDsaVerifier> _verifier;

    private MlDsaPublicKey(MlDsaParameters parameters, byte[] encoded)
    {
        (Parameters, _encoded) = (parameters, encoded);
        _verifier = new(() => new MlDsaVerifier(parameters, encoded));
    }

    /// <summary>The parameter set.</summary>
    public MlDsaParameters Parameters { get; }

    /// <summary>The key as FIPS 204, Algorithm 22, encodes it.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>Our verification, prepared at its first use and kept.</summary>
    internal MlDsaVerifier Verifier => _verifier.Value;

    /// <summary>Reads a key; every text of the right length is one.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="encoded">The key.</param>
    /// <exception cref="ArgumentException">Another length than the parameter set's.</exception>
    public static MlDsaPublicKey FromBytes(MlDsaParameters parameters, ReadOnlySpan<byte> encoded)
    {
        MlDsaLengths.Require(encoded.Length, parameters.PublicKeyBytes, $"A public key of {parameters.Name}", nameof(encoded));
        return new MlDsaPublicKey(parameters, encoded.ToArray());
    }

    /// <summary>Algorithm 3, ML-DSA.Verify.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">The context string.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>False for anything that is no signature of this message in this context, also for wrong lengths.</returns>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature) =>
        context.Length <= MlDsaParameters.MaximumContextBytes
        && signature.Length == Parameters.SignatureBytes
        && (
            MlDsaPlatform.IsSupported
                ? MlDsaPlatform.Verify(Parameters, _encoded, message, context, signature)
                : Verifier.Verify(message, context, signature)
        );

    /// <summary>Whether both are the same key.</summary>
    public bool IsSame(MlDsaPublicKey other) =>
        Parameters == other.Parameters && CryptographicOperations.FixedTimeEquals(_encoded, other._encoded);
}
