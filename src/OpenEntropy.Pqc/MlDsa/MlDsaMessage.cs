using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>What is signed of a message: FIPS 204, 5.2 and 6.2.</summary>
internal static class MlDsaMessage
{
    private const byte Pure = 0; // Algorithm 2, step 10; 1 is for messages hashed before

    /// <summary>tr, the hash of a public key.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="keyHash">64 bytes.</param>
    public static void HashKey(ReadOnlySpan<byte> publicKey, Span<byte> keyHash)
    {
        var sponge = Sponge.Shake256();
        sponge.Absorb(publicKey);
        sponge.Squeeze(keyHash);
    }

    /// <summary>Algorithm 2, step 10, and Algorithm 7, step 6: μ of a message with a context.</summary>
    /// <param name="keyHash">tr.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="message">The message.</param>
    /// <param name="representative">μ, 64 bytes.</param>
    public static void Represent(
        ReadOnlySpan<byte> keyHash,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> message,
        Span<byte> representative
    )
    {
        var sponge = Sponge.Shake256();
        sponge.Absorb(keyHash);
        sponge.Absorb([Pure, (byte)context.Length]);
        sponge.Absorb(context);
        sponge.Absorb(message);
        sponge.Squeeze(representative);
        sponge.Clear();
    }

    /// <summary>Algorithm 7, step 6: μ of a message that is formatted already.</summary>
    /// <param name="keyHash">tr.</param>
    /// <param name="formatted">M'.</param>
    /// <param name="representative">μ, 64 bytes.</param>
    public static void RepresentFormatted(ReadOnlySpan<byte> keyHash, ReadOnlySpan<byte> formatted, Span<byte> representative)
    {
        var sponge = Sponge.Shake256();
        sponge.Absorb(keyHash);
        sponge.Absorb(formatted);
        sponge.Squeeze(representative);
        sponge.Clear();
    }
}
