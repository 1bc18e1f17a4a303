using System.Security.Cryptography;
using System.Text.Json;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.MlDsa;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>Who signs bundles. Dispose it to zero its keys. Signing may be done by several threads at once.</summary>
internal sealed class BundleIdentity : IDisposable
{
    private const int Version = 1;

    private readonly MlDsaPrivateKey _mlDsa;
    private readonly FalconPrivateKey _falcon;
    private readonly Lazy<FalconSigner> _signer;

    private BundleIdentity(MlDsaPrivateKey mlDsa, FalconPrivateKey falcon)
    {
        (_mlDsa, _falcon) = (mlDsa, falcon);
        _signer = new(() => new FalconSigner(falcon));
        Public = new PublicIdentity(mlDsa.PublicKey, falcon.PublicKey);
    }

    /// <summary>Its public half.</summary>
    public PublicIdentity Public { get; }

    /// <summary>Makes one.</summary>
    /// <param name="random">Gives 32 bytes and then 48, of which the keys are a function.</param>
    public static BundleIdentity Generate(RandomBytes random)
    {
        Span<byte> seed = stackalloc byte[FalconKeyGenerator.SeedBytes];
        var mlDsa = MlDsaPrivateKey.Generate(MlDsaParameters.MlDsa65, random);
        try
        {
            random(seed);
            return new BundleIdentity(mlDsa, FalconKeyGenerator.Generate(FalconParameters.Falcon512, seed));
        }
        catch
        {
            mlDsa.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Reads one.</summary>
    /// <param name="json">What <see cref="Write"/> wrote.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <exception cref="KeyFormatException">Anything else, or another passphrase, or halves that do not belong together.</exception>
    public static BundleIdentity Read(ReadOnlyMemory<byte> json, ReadOnlySpan<char> passphrase)
    {
        try
        {
            using var document = JsonDocument.Parse(json, JsonText.Strict);
            var root = document.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || !IsKnownVersion(root)
                || !root.TryGetProperty("keys", out var keys)
                || PublicIdentity.Read(keys) is not { } publicKeys
            )
                throw new KeyFormatException("The file holds no identity of version 1.");
            var identity = ReadKeys(root, passphrase);
            if (identity.Public.IsSame(publicKeys))
                return identity;
            identity.Dispose();
            throw new KeyFormatException("The private keys are not those of the public ones.");
        }
        catch (JsonException exception)
        {
            throw new KeyFormatException("The file is not JSON.", exception);
        }
    }

    /// <summary>Signs by both keys, over the same signing input's form.</summary>
    /// <param name="payload">What is signed.</param>
    /// <param name="random">Gives 32 bytes, then 96.</param>
    public IReadOnlyList<BundleSignature> Sign(ReadOnlySpan<byte> payload, RandomBytes random)
    {
        var first = Public.Header(PublicIdentity.MlDsaAlgorithm);
        var second = Public.Header(PublicIdentity.FalconAlgorithm);
        return
        [
            new BundleSignature(first, _mlDsa.Sign(BundleSignature.Input(first, payload), [], random)),
            new BundleSignature(second, SignByFalcon(BundleSignature.Input(second, payload), random)),
        ];
    }

    /// <summary>A detached signature by Falcon-512, padded.</summary>
    /// <param name="message">What is signed.</param>
    /// <param name="random">Gives 96 bytes.</param>
    public byte[] SignByFalcon(ReadOnlySpan<byte> message, RandomBytes random) =>
        _signer.Value.Sign(message, FalconSignatureFormat.Padded, random);

    /// <summary>Writes both keys, the private halves under a passphrase.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="created">When they were made.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="random">Gives 64 bytes.</param>
    /// <param name="iterations">Rounds of PBKDF2.</param>
    public void Write(Utf8JsonWriter writer, DateTimeOffset created, ReadOnlySpan<char> passphrase, RandomBytes random, int iterations)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, Version);
        writer.WriteString("created"u8, created.UtcDateTime);
        writer.WritePropertyName("keys"u8);
        Public.WriteKeys(writer);
        WriteEncrypted(writer, PublicIdentity.MlDsaAlgorithm, MlDsaContainers.WritePrivateKey(_mlDsa), passphrase, random, iterations);
        var falcon = _falcon.Encode();
        WriteEncrypted(
            writer,
            PublicIdentity.FalconAlgorithm,
            UnregisteredPrivateKeyInfo.Write(FalconOid, falcon),
            passphrase,
            random,
            iterations
        );
        CryptographicOperations.ZeroMemory(falcon);
        writer.WriteEndObject();
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        _mlDsa.Dispose();
        _falcon.Dispose();
        if (_signer.IsValueCreated)
            _signer.Value.Dispose();
    }

    private static string FalconOid => BundleAlgorithm.Find(FalconParameters.Falcon512.Name)!.PrivateOid!;

    private static void WriteEncrypted(
        Utf8JsonWriter writer,
        string name,
        byte[] clear,
        ReadOnlySpan<char> passphrase,
        RandomBytes random,
        int iterations
    )
    {
        var encrypted = EncryptedPrivateKeyInfo.Encrypt(clear, passphrase, random, iterations);
        CryptographicOperations.ZeroMemory(clear);
        writer.WriteString(name, Pem.Write(EncryptedPrivateKeyInfo.PemLabel, encrypted));
    }

    private static byte[] Decrypt(JsonElement root, string name, ReadOnlySpan<char> passphrase)
    {
        var text = JsonText.Find(root, name) ?? throw new KeyFormatException($"The file holds no key of {name}.");
        return EncryptedPrivateKeyInfo.Decrypt(Pem.Read(text, EncryptedPrivateKeyInfo.PemLabel), passphrase);
    }

    private static bool IsKnownVersion(JsonElement root) =>
        root.TryGetProperty("version", out var version)
        && version.ValueKind == JsonValueKind.Number
        && version.TryGetInt32(out var number)
        && number == Version;

    private static BundleIdentity ReadKeys(JsonElement root, ReadOnlySpan<char> passphrase)
    {
        var mlDsa = ReadMlDsa(root, passphrase);
        try
        {
            return new BundleIdentity(mlDsa, ReadFalcon(root, passphrase));
        }
        catch
        {
            mlDsa.Dispose();
            throw;
        }
    }

    private static MlDsaPrivateKey ReadMlDsa(JsonElement root, ReadOnlySpan<char> passphrase)
    {
        var clear = Decrypt(root, PublicIdentity.MlDsaAlgorithm, passphrase);
        try
        {
            return MlDsaContainers.ReadPrivateKey(clear);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    private static FalconPrivateKey ReadFalcon(JsonElement root, ReadOnlySpan<char> passphrase)
    {
        var clear = Decrypt(root, PublicIdentity.FalconAlgorithm, passphrase);
        byte[] encoded = [];
        try
        {
            encoded = UnregisteredPrivateKeyInfo.Read(FalconOid, clear);
            return FalconPrivateKey.TryDecode(FalconParameters.Falcon512, encoded, out var key)
                ? key
                : throw new KeyFormatException("The file holds no key of Falcon-512.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
            CryptographicOperations.ZeroMemory(encoded);
        }
    }
}
