namespace OpenEntropy.Pqc.MlKem;

/// <summary>A key pair as one implementation holds it: <see cref="ManagedMlKemKey"/> or <see cref="PlatformMlKemKey"/>. Disposing zeroes it.</summary>
internal interface IMlKemKey : IDisposable
{
    /// <summary>Writes ek.</summary>
    /// <param name="target">As long as the parameter set says.</param>
    public void ExportEncapsulationKey(Span<byte> target);

    /// <summary>Writes dk, expanded.</summary>
    /// <param name="target">As long as the parameter set says.</param>
    public void ExportDecapsulationKey(Span<byte> target);

    /// <summary>ML-KEM.Decaps: FIPS 203, 7.3.</summary>
    /// <param name="ciphertext">As long as the parameter set says.</param>
    /// <param name="sharedSecret">Receives 32 bytes.</param>
    public void Decapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret);
}
