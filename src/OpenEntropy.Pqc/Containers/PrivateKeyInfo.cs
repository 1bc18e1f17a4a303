using System.Formats.Asn1;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Containers;

/// <summary>
/// A private key as PKCS #8: OneAsymmetricKey of RFC 5958, with RFC 9935, 6 and RFC 9881, 6. What is returned or taken in clear is the caller's to zero.
/// </summary>
internal static class PrivateKeyInfo
{
    /// <summary>The label in PEM: RFC 7468, 10.</summary>
    public const string PemLabel = "PRIVATE KEY";

    private const string What = "A OneAsymmetricKey";
    private const int FrameBytes = 128; // tags, lengths, version and identifier

    private static readonly Asn1Tag s_seed = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_attributes = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_publicKey = new(TagClass.ContextSpecific, 1);

    /// <summary>Writes a key as its seed alone, version 1 without public key.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>DER.</returns>
    /// <exception cref="ArgumentException">The seed has another length than the algorithm's.</exception>
    public static byte[] WriteSeed(KeyAlgorithm algorithm, ReadOnlySpan<byte> seed)
    {
        RequireArgument(algorithm, "seed", seed.Length, algorithm.SeedBytes, nameof(seed));
        return Write(algorithm, new Secrets(seed, []), (writer, secrets) => writer.WriteOctetString(secrets.Seed, s_seed));
    }

    /// <summary>Writes a key in its expanded form alone.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="expandedKey">The expanded key.</param>
    /// <returns>DER.</returns>
    /// <exception cref="ArgumentException">The key has another length than the algorithm's.</exception>
    public static byte[] WriteExpanded(KeyAlgorithm algorithm, ReadOnlySpan<byte> expandedKey)
    {
        RequireArgument(algorithm, "expanded key", expandedKey.Length, algorithm.ExpandedKeyBytes, nameof(expandedKey));
        return Write(algorithm, new Secrets([], expandedKey), (writer, secrets) => writer.WriteOctetString(secrets.ExpandedKey));
    }

    /// <summary>Writes a key in both forms.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="expandedKey">The expanded key.</param>
    /// <returns>DER.</returns>
    /// <exception cref="ArgumentException">A length is not the algorithm's.</exception>
    public static byte[] WriteBoth(KeyAlgorithm algorithm, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> expandedKey)
    {
        RequireArgument(algorithm, "seed", seed.Length, algorithm.SeedBytes, nameof(seed));
        RequireArgument(algorithm, "expanded key", expandedKey.Length, algorithm.ExpandedKeyBytes, nameof(expandedKey));
        return Write(
            algorithm,
            new Secrets(seed, expandedKey),
            (writer, secrets) =>
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(secrets.Seed);
                    writer.WriteOctetString(secrets.ExpandedKey);
                }
            }
        );
    }

    /// <summary>Reads a key in any of the three forms and checks that its parts, and the public key where there is one, agree.</summary>
    /// <param name="encoded">DER, and nothing after it.</param>
    /// <exception cref="KeyFormatException">Anything else.</exception>
    public static PrivateKeyParts Read(ReadOnlyMemory<byte> encoded) => Der.ReadSequence(What, encoded, ReadContent);

    private static PrivateKeyParts ReadContent(AsnReader reader)
    {
        // RFC 5958, 2: version 2, which is written as 1, is for a key with its public key.
        if (!reader.TryReadInt32(out var version) || version is not (0 or 1))
            throw new KeyFormatException($"{What} has version 0 or 1.");
        var algorithm = Der.ReadAlgorithm(reader);
        var secret = Der.ReadSecret(reader);
        PrivateKeyParts? parts = null;
        try
        {
            if (reader.HasData && reader.PeekTag() == s_attributes)
                reader.ReadEncodedValue(); // attributes say nothing of the key
            var publicKey = version == 1 ? SubjectPublicKeyInfo.ReadBits(reader, algorithm, s_publicKey) : null;
            parts = Der.Read($"A private key of {algorithm.Name}", secret, inner => ReadChoice(inner, algorithm));
            return publicKey is null || parts.PublicKey.Span.SequenceEqual(publicKey)
                ? parts
                : throw new KeyFormatException($"The public key of {algorithm.Name} is not that of the private key.");
        }
        catch
        {
            parts?.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static PrivateKeyParts ReadChoice(AsnReader reader, KeyAlgorithm algorithm)
    {
        var tag = reader.PeekTag();
        if (tag == s_seed)
            return Check(algorithm, PrivateKeyForm.Seed, Der.ReadSecret(reader, s_seed), []);
        if (tag != Asn1Tag.Sequence)
            return Check(algorithm, PrivateKeyForm.Expanded, [], Der.ReadSecret(reader));
        var both = reader.ReadSequence();
        var seed = Der.ReadSecret(both);
        var expandedKey = Der.ReadSecret(both);
        Der.RequireEnd($"A private key of {algorithm.Name}", both);
        return Check(algorithm, PrivateKeyForm.Both, seed, expandedKey);
    }

    private static PrivateKeyParts Check(KeyAlgorithm algorithm, PrivateKeyForm form, byte[] seed, byte[] expandedKey)
    {
        var publicKey = new byte[algorithm.PublicKeyBytes];
        var derived = GC.AllocateArray<byte>(algorithm.ExpandedKeyBytes, pinned: true);
        var parts = new PrivateKeyParts(algorithm, form, seed, derived, publicKey);
        try
        {
            if (form != PrivateKeyForm.Expanded)
                Der.RequireLength($"A seed of {algorithm.Name}", seed.Length, algorithm.SeedBytes);
            if (form != PrivateKeyForm.Seed)
                Der.RequireLength($"An expanded key of {algorithm.Name}", expandedKey.Length, algorithm.ExpandedKeyBytes);
            if (form == PrivateKeyForm.Expanded)
                expandedKey.CopyTo(derived, 0);
            else
                algorithm.Expand(seed, publicKey, derived);
            if (form == PrivateKeyForm.Expanded && !algorithm.TryGetPublicKey(expandedKey, publicKey))
                throw new KeyFormatException($"The expanded key of {algorithm.Name} is inconsistent.");
            if (form == PrivateKeyForm.Both && !CryptographicOperations.FixedTimeEquals(derived, expandedKey))
                throw new KeyFormatException($"The expanded key of {algorithm.Name} is not that of the seed.");
            return parts;
        }
        catch
        {
            parts.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(expandedKey);
        }
    }

    // Capacity for all of it: a buffer that grew would leave a copy behind. Reset zeroes the one there is.
    private static byte[] Write(KeyAlgorithm algorithm, Secrets secrets, Action<AsnWriter, Secrets> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, algorithm.SeedBytes + algorithm.ExpandedKeyBytes + FrameBytes);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            Der.WriteAlgorithm(writer, algorithm);
            using (writer.PushOctetString())
                write(writer, secrets);
        }

        return Der.EncodeSecret(writer);
    }

    private static void RequireArgument(KeyAlgorithm algorithm, string part, int given, int wanted, string parameter)
    {
        if (given != wanted)
            throw new ArgumentException($"A {part} of {algorithm.Name} has {wanted} bytes, not {given}.", parameter);
    }

    private readonly ref struct Secrets(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> expandedKey)
    {
        public ReadOnlySpan<byte> Seed { get; } = seed;

        public ReadOnlySpan<byte> ExpandedKey { get; } = expandedKey;
    }
}
