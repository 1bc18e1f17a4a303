using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>Verifies bundles from anywhere by what is in them alone; whether the signer is to be trusted is for the caller to say.</summary>
internal static class BundleVerifier
{
    private static readonly string[] s_members =
    [
        "created",
        "evidence",
        "format",
        "id",
        "keys",
        "node",
        "purpose",
        "request",
        "requester",
        "signer",
        "version",
    ];

    /// <summary>Verifies a bundle.</summary>
    /// <param name="json">The document, UTF-8, without secret keys.</param>
    /// <exception cref="BundleFormatException">It is no such document.</exception>
    public static BundleVerification Verify(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            throw new BundleFormatException("the document is not UTF-8");
        using var document = BundleDocument.Read(json);
        try
        {
            if (!Utf8.IsValid(document.Payload))
                return Unreadable();
            using var payload = JsonDocument.Parse(document.Payload, JsonText.Strict);
            return Verify(document, payload.RootElement);
        }
        catch (JsonException)
        {
            return Unreadable();
        }
        catch (InvalidOperationException exception)
        {
            throw new BundleFormatException("a text in the document has half a surrogate pair", exception);
        }
    }

    private static BundleVerification Unreadable() =>
        new([new BundleCheck("payload", Ok: false, "payload is not JSON inside")], Id: null, Signer: null);

    private static BundleVerification Verify(BundleDocument document, JsonElement payload)
    {
        var form = CheckForm(payload);
        if (!form.Ok)
            return new BundleVerification([form], Id: null, Signer: null); // what it should say the same as is no bundle
        var checks = new List<BundleCheck> { form, CheckCopy(document.Copy, payload) };
        checks.AddRange(BundleKeyCheck.Check(payload.GetProperty("keys")));
        var signer = PublicIdentity.Read(payload.GetProperty("signer"));
        if (signer is null)
            checks.Add(new BundleCheck("signer", Ok: false, "payload/signer does not hold the two keys with their identifiers"));
        else
            checks.AddRange(CheckSignatures(document, signer));
        return new BundleVerification(checks, JsonText.Find(payload, "id"), signer);
    }

    private static BundleCheck CheckForm(JsonElement payload)
    {
        var detail =
            payload.ValueKind != JsonValueKind.Object ? "payload is not an object"
            : !payload
                .EnumerateObject()
                .Select(member => member.Name)
                .Order(StringComparer.Ordinal)
                .SequenceEqual(s_members, StringComparer.Ordinal)
                ? "payload does not have the members of a bundle"
            : JsonText.Find(payload, "format") != BundleText.Format ? "payload/format is not that of a bundle"
            : payload.GetProperty("version").GetRawText() != BundleText.Version.ToString(CultureInfo.InvariantCulture)
                ? "payload/version is not one that is known here"
            : JsonText.Find(payload, "id") is not { } id || !Ledger.LedgerEntry.IsId(id) ? "payload/id is not 32 lower-case digits"
            : null;
        return new BundleCheck("format", detail is null, detail ?? $"{BundleText.Format}, version {BundleText.Version}");
    }

    private static BundleCheck CheckCopy(JsonElement copy, JsonElement payload) =>
        JsonDifference.Find(payload, copy) is { } pointer
            ? new BundleCheck("bundle", Ok: false, $"bundle{pointer} is not what payload has there")
            : new BundleCheck("bundle", Ok: true, "says what payload says");

    private static IEnumerable<BundleCheck> CheckSignatures(BundleDocument document, PublicIdentity signer)
    {
        if (document.Signatures.Count != 2)
            yield return new BundleCheck("signatures", Ok: false, "there must be two signatures");
        else
        {
            yield return Check(
                document.Signatures[0],
                "signatures/0",
                PublicIdentity.MlDsaAlgorithm,
                signer,
                (input, signature) => signer.MlDsa.Verify(input, [], signature)
            );
            yield return Check(
                document.Signatures[1],
                "signatures/1",
                PublicIdentity.FalconAlgorithm,
                signer,
                (input, signature) => signer.Falcon.Verify(input, signature, Falcon.FalconSignatureFormat.Padded)
            );
        }

        BundleCheck Check(BundleSignature signature, string where, string algorithm, PublicIdentity identity, VerifySignature verify)
        {
            // There is one way to write the header, so that nothing in it can be changed without a trace.
            if (signature.Protected != identity.Header(algorithm))
                return new BundleCheck(
                    where,
                    Ok: false,
                    $"{where}/protected is not the header of {algorithm} by the key in payload/signer"
                );
            var ok = verify(BundleSignature.Input(signature.Protected, document.Payload), signature.Bytes.Span);
            return new BundleCheck(
                where,
                ok,
                ok
                    ? $"{algorithm} by {(algorithm == PublicIdentity.MlDsaAlgorithm ? identity.MlDsaKeyId : identity.FalconKeyId)}"
                    : $"{where}/signature is not {algorithm}'s of this payload"
            );
        }
    }

    private delegate bool VerifySignature(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature);
}
