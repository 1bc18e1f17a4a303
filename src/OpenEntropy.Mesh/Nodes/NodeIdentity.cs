using System.Security.Cryptography;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Mesh.Nodes;

/// <summary>The private keys of this node. Dispose it to zero them.</summary>
internal sealed class NodeIdentity : IDisposable
{
    /// <summary>Bytes it is stored as: ξ of ML-DSA (32), d and z of ML-KEM (64), the scalar on P-256 (32).</summary>
    public const int SecretBytes = ScalarAt + P256Key.ScalarBytes;

    private const int KemAt = MlDsaParameters.SeedBytes;
    private const int ScalarAt = KemAt + MlKemParameters.SeedBytes;

    private NodeIdentity(ReadOnlySpan<byte> secret)
    {
        Signing = MlDsaPrivateKey.FromSeed(MlDsaParameters.MlDsa65, secret[..KemAt]);
        Decapsulation = MlKemKeyPair.FromSeed(MlKemParameters.MlKem768, secret[KemAt..ScalarAt]);
        var scalar = SecretArray.CopyOf(secret[ScalarAt..]);
        try
        {
            Agreement = P256Key.FromScalar(scalar);
        }
        finally
        {
            SecretArray.Zero(scalar);
        }

        byte[] keys = [.. Signing.PublicKey.Encoded.Span, .. Decapsulation.EncapsulationKey, .. Agreement.Point];
        Public = NodePublic.FromBytes(keys);
    }

    /// <summary>What other nodes are told.</summary>
    public NodePublic Public { get; }

    /// <summary>Signs frames.</summary>
    public MlDsaPrivateKey Signing { get; }

    /// <summary>Opens frames, with <see cref="Agreement"/>.</summary>
    public MlKemKeyPair Decapsulation { get; }

    /// <summary>Opens frames, with <see cref="Decapsulation"/>.</summary>
    public P256Key Agreement { get; }

    /// <summary>New keys, in the form they are stored in.</summary>
    /// <param name="random">Gives 96 bytes, then 32, these again where they are out of range.</param>
    /// <returns><see cref="SecretBytes"/> bytes, pinned, the caller's to zero.</returns>
    public static byte[] GenerateSecret(RandomBytes random)
    {
        var secret = SecretArray.Of<byte>(SecretBytes);
        random(secret.AsSpan(0, ScalarAt));
        P256Key.Draw(random, secret.AsSpan(ScalarAt));
        return secret;
    }

    /// <summary>The keys of what was stored.</summary>
    /// <param name="secret"><see cref="SecretBytes"/> bytes; the caller zeroes them.</param>
    /// <exception cref="CryptographicException">Another length, or the scalar is out of range.</exception>
    public static NodeIdentity FromSecret(ReadOnlySpan<byte> secret) =>
        secret.Length == SecretBytes
            ? new NodeIdentity(secret)
            : throw new CryptographicException($"The keys of a node have {SecretBytes} bytes, not {secret.Length}.");

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        Signing.Dispose();
        Decapsulation.Dispose();
        Agreement.Dispose();
    }
}
