using System.Buffers;
using System.Text.Json;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>Looks at the public keys in a bundle: whether each is one, and whether its other forms say the same.</summary>
internal static class BundleKeyCheck
{
    /// <summary>The most keys of a bundle.</summary>
    public const int MostKeys = 8;

    /// <summary>Checks.</summary>
    /// <param name="keys">What stands in <c>keys</c>.</param>
    public static IEnumerable<BundleCheck> Check(JsonElement keys)
    {
        if (keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() is < 1 or > MostKeys)
            return [new BundleCheck("keys", Ok: false, $"payload/keys is not an array of 1 to {MostKeys}")];
        return keys.EnumerateArray().Select((key, index) => Check(key, $"keys/{index}"));
    }

    private static BundleCheck Check(JsonElement key, string where)
    {
        if (JsonText.Find(key, "algorithm") is not { } name || BundleAlgorithm.Find(name) is not { } algorithm)
            return new BundleCheck(where, Ok: false, $"payload/{where}/algorithm is none that is known here");
        if (
            JsonText.Find(key, "public_key") is not { } text
            || JsonText.FromBase64(text) is not { } publicKey
            || publicKey.Length != algorithm.PublicKeyBytes
            || !algorithm.IsPublicKey(publicKey)
        )
            return new BundleCheck(where, Ok: false, $"payload/{where}/public_key is no public key of {name}");
        var difference = JsonDifference.Find(Rewrite(key, algorithm, publicKey), key);
        return difference is null
            ? new BundleCheck(where, Ok: true, $"a public key of {name}")
            : new BundleCheck(where, Ok: false, $"payload/{where}{difference} does not say what public_key says");
    }

    // What would be written of the same key in the same forms.
    private static JsonElement Rewrite(JsonElement key, BundleAlgorithm algorithm, byte[] publicKey)
    {
        var encodings =
            (key.TryGetProperty("public_key_hex", out _) ? KeyEncodings.Hex : KeyEncodings.None)
            | (key.TryGetProperty("public_key_pem", out _) ? KeyEncodings.Pem : KeyEncodings.None)
            | (key.TryGetProperty("public_key_jwk", out _) ? KeyEncodings.Jwk : KeyEncodings.None);
        var text = new ArrayBufferWriter<byte>(8 * publicKey.Length);
        using (var writer = new Utf8JsonWriter(text, BundleText.Relaxed))
            BundleKeyText.WritePublic(writer, algorithm, publicKey, encodings);
        using var document = JsonDocument.Parse(text.WrittenMemory);
        return document.RootElement.Clone();
    }
}
