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

    /// <summary>Of two keys, which are owned from here on; what they sign is checked by the given public half.</summary>
    internal BundleIdentity(MlDsaPrivateKey mlDsa, FalconPrivateKey falcon, PublicIdentity publicKeys)
    {
        (_mlDsa, _falcon, Public) = (mlDsa, falcon, publicKeys);
        _signer = new(() => new FalconSigner(falcon, publicKeys.Falcon));
    }

    private BundleIdentity(MlDsaPrivateKey mlDsa, FalconPrivateKey falcon)
        : this(mlDsa, falcon, new PublicIdentity(mlDsa.PublicKey, falcon.PublicKey)) { }

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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new KeyFormatException("The file is not JSON.", exception); // or a text in it has half of a surrogate pair
        }
    }

    /// <summary>Signs by both keys, over the same signing input's form. Each signature is verified before it is given out.</summary>
    /// <param name="payload">What is signed.</param>
    /// <param name="random">Gives 32 bytes, then 96.</param>
    /// <exception cref="CryptographicException">A signature computed does not verify: the machine has erred.</exception>
    public IReadOnlyList<BundleSignature> Sign(ReadOnlySpan<byte> payload, RandomBytes random)
    {
        var first = Public.Header(PublicIdentity.MlDsaAlgorithm);
        var second = Public.Header(PublicIdentity.FalconAlgorithm);
        return
        [
            new BundleSignature(first, SignByMlDsa(BundleSignature.Input(first, payload), random)),
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
        IdentityKeyText.Write(writer, _mlDsa, passphrase, random, iterations);
        IdentityKeyText.Write(writer, _falcon, passphrase, random, iterations);
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

    // A fault in the computation must not become a signature that betrays the key, nor one in a bundle that nobody can verify.
    private byte[] SignByMlDsa(ReadOnlySpan<byte> message, RandomBytes random)
    {
        var signature = _mlDsa.Sign(message, [], random);
        if (Public.MlDsa.Verify(message, [], signature))
            return signature;
        CryptographicOperations.ZeroMemory(signature);
        throw new CryptographicException($"A {PublicIdentity.MlDsaAlgorithm} signature failed its verification and is withheld.");
    }

    private static bool IsKnownVersion(JsonElement root) =>
        root.TryGetProperty("version", out var version)
        && version.ValueKind == JsonValueKind.Number
        && version.TryGetInt32(out var number)
        && number == Version;

    private static BundleIdentity ReadKeys(JsonElement root, ReadOnlySpan<char> passphrase)
    {
        var mlDsa = IdentityKeyText.ReadMlDsa(root, passphrase);
        try
        {
            return new BundleIdentity(mlDsa, IdentityKeyText.ReadFalcon(root, passphrase));
        }
        catch
        {
            mlDsa.Dispose();
            throw;
        }
    }
}
