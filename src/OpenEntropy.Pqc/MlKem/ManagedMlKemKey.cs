using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>A key pair of our own implementation, in memory that the collector does not copy.</summary>
internal sealed class ManagedMlKemKey : IMlKemKey
{
    private readonly MlKemParameters _parameters;
    private readonly byte[] _decapsulationKey;

    /// <summary>The pair of a seed.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">d‖z: 64 bytes.</param>
    public ManagedMlKemKey(MlKemParameters parameters, ReadOnlySpan<byte> seed)
    {
        _parameters = parameters;
        _decapsulationKey = GC.AllocateArray<byte>(parameters.DecapsulationKeyBytes, pinned: true);
        MlKemFunctions.GenerateKeys(parameters, seed, new byte[parameters.EncapsulationKeyBytes], _decapsulationKey);
    }

    /// <inheritdoc/>
    public void ExportEncapsulationKey(Span<byte> target) =>
        _decapsulationKey.AsSpan(_parameters.VectorBytes, _parameters.EncapsulationKeyBytes).CopyTo(target);

    /// <inheritdoc/>
    public void ExportDecapsulationKey(Span<byte> target) => _decapsulationKey.CopyTo(target);

    /// <inheritdoc/>
    /// <remarks>The hash check of 7.3 needs no repetition: the key was made here.</remarks>
    public void Decapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret) =>
        MlKemInternal.Decapsulate(_parameters, _decapsulationKey, ciphertext, sharedSecret);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_decapsulationKey);
}
