using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>A key pair of the platform's implementation: OpenSSL 3.5 or later, or Windows.</summary>
internal sealed class PlatformMlKemKey : IMlKemKey
{
    private readonly MLKem _key;

    /// <summary>The pair of a seed.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">d‖z: 64 bytes.</param>
    /// <exception cref="PlatformNotSupportedException"><see cref="IsSupported"/> is false.</exception>
    public PlatformMlKemKey(MlKemParameters parameters, ReadOnlySpan<byte> seed) =>
        _key = MLKem.ImportPrivateSeed(AlgorithmOf(parameters), seed);

    /// <summary>Whether the platform has ML-KEM.</summary>
    public static bool IsSupported => MLKem.IsSupported;

    /// <inheritdoc/>
    public void ExportEncapsulationKey(Span<byte> target) => _key.ExportEncapsulationKey(target);

    /// <inheritdoc/>
    public void ExportDecapsulationKey(Span<byte> target) => _key.ExportDecapsulationKey(target);

    /// <inheritdoc/>
    public void Decapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret) => _key.Decapsulate(ciphertext, sharedSecret);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static MLKemAlgorithm AlgorithmOf(MlKemParameters parameters) =>
        parameters.Rank switch
        {
            2 => MLKemAlgorithm.MLKem512,
            3 => MLKemAlgorithm.MLKem768,
            _ => MLKemAlgorithm.MLKem1024,
        };
}
