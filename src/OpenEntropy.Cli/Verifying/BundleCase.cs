using System.Text.Json;
using OpenEntropy.Cli.Running;
using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Cli.Verifying;

/// <summary>Verifies a bundle of post-quantum keys.</summary>
internal static class BundleCase
{
    private const string Signer = "identity";

    /// <summary>Verifies.</summary>
    /// <param name="json">The bundle, without secret keys.</param>
    /// <param name="identity">Who should have signed, as <c>/api/v1/pqc/identity</c> answers; null: anybody.</param>
    /// <param name="identityPath">Where that is from.</param>
    /// <exception cref="CommandFailureException">It is no bundle, or there is no identity in what should be one.</exception>
    public static VerifyResult Verify(ReadOnlyMemory<byte> json, byte[]? identity, string? identityPath)
    {
        var known = identity is null ? [] : Identities(identity, identityPath!);
        BundleVerification found;
        try
        {
            found = BundleVerifier.Verify(json);
        }
        catch (BundleFormatException exception)
        {
            throw new CommandFailureException($"This is no bundle: {exception.Message}.");
        }

        var signer = identity is null
            ? new VerifyCheck(Signer, VerifyCheck.NotChecked, "without --identity anybody may have signed it")
            : Compare(found.Signer, known);
        return new VerifyResult(
            "bundle",
            found.IsValid && signer.Outcome != VerifyCheck.Failed,
            found.Id,
            Sequence: null,
            found.Signer is { } keys ? [keys.MlDsaKeyId, keys.FalconKeyId] : [],
            [
                .. found.Checks.Select(check => new VerifyCheck(
                    check.Name,
                    check.Ok ? VerifyCheck.Passed : VerifyCheck.Failed,
                    check.Detail
                )),
                signer,
            ]
        );
    }

    private static VerifyCheck Compare(PublicIdentity? signer, IReadOnlyList<PublicIdentity> known)
    {
        var at = signer is null ? -1 : known.ToList().FindIndex(each => each.IsSame(signer));
        return at switch
        {
            < 0 => new VerifyCheck(Signer, VerifyCheck.Failed, "the keys that signed are not those of the identity"),
            0 => new VerifyCheck(Signer, VerifyCheck.Passed, "signed by the keys in use"),
            _ => new VerifyCheck(Signer, VerifyCheck.Passed, "signed by keys that were replaced since"),
        };
    }

    private static List<PublicIdentity> Identities(byte[] json, string path)
    {
        var found = new List<PublicIdentity>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty("identities", out var identities))
                found.AddRange(
                    identities.EnumerateArray().Select(each => PublicIdentity.Read(each.GetProperty("keys"))).OfType<PublicIdentity>()
                );
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            found.Clear(); // told below, in the words of a user
        }

        return found.Count > 0
            ? found
            : throw new CommandFailureException($"{path} holds no identity: --identity takes the answer of /api/v1/pqc/identity.");
    }
}
