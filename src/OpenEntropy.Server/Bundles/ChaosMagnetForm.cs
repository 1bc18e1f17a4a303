using System.Text;
using System.Text.Json;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Server.Bundles;

/// <summary>The answer under the names that ChaosMagnet had. Its figures are ours: assessed entropy that the pool took in, and the lowest claim that earned.</summary>
internal static class ChaosMagnetForm
{
    /// <summary>Why a request has no such form; null where it has.</summary>
    /// <param name="request">The request.</param>
    public static string? WhyNot(BundleRequest request) =>
        request.Secrets == SecretForm.Withheld ? "the form chaosmagnet has the secret key in it: it cannot be withheld"
        : request.Algorithms is [{ Kind: BundleAlgorithm.Kem }] ? null
        : "the form chaosmagnet has room for one key pair, of ML-KEM or Kyber512";

    /// <summary>Writes it.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="key">The key pair.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="status">The accounts.</param>
    /// <param name="identity">Signs it.</param>
    /// <param name="secrets">The secret keys as the other form has them.</param>
    /// <param name="random">Gives 96 bytes.</param>
    public static void Write(
        SecretBuffer target,
        BundleRequest request,
        MintedKey key,
        DateTimeOffset created,
        EntropyPoolStatus status,
        BundleIdentity identity,
        ReadOnlyMemory<byte> secrets,
        RandomBytes random
    )
    {
        var earning = status.Sources.Where(source => source.CreditedBits > 0).Select(source => source.ClaimedMinEntropy);
        var text = new ChaosMagnetText(
            key.Algorithm.Name,
            request.Requester ?? "",
            created,
            (long)status.AssessedBitsIn,
            earning.DefaultIfEmpty(0).Min()
        );
        var signature = identity.SignByFalcon(text.Message(key.PublicKey), random);
        if (request.Passphrase is not null)
        {
            using var document = JsonDocument.Parse(secrets);
            var encrypted = Encoding.UTF8.GetBytes(document.RootElement[0].GetProperty("encrypted_pem").GetString()!);
            text.Write(target, key.PublicKey, encrypted, signature, identity.Public.Falcon.Encoded);
            return;
        }

        using var digits = new SecretBuffer(2 * key.SecretKey.Length);
        Convert.TryToHexStringLower(key.SecretKey, digits.GetSpan(2 * key.SecretKey.Length), out var written);
        digits.Advance(written);
        text.Write(target, key.PublicKey, digits.Written.Span, signature, identity.Public.Falcon.Encoded);
    }
}
