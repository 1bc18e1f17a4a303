using System.Text.Json.Serialization;
using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Server.Bundles;

/// <summary>The answer of <c>GET /api/v1/pqc/bundles</c>.</summary>
/// <param name="Bundles">The latest first.</param>
/// <param name="Total">Bundles in the ledger.</param>
/// <param name="Next">What <c>before</c> must be for those that follow; null where none does.</param>
/// <param name="Findings">What was repaired when the ledger was opened, and what cannot be, a sentence each, and how many more there are.</param>
internal sealed record BundleListBody(IReadOnlyList<BundleSummary> Bundles, int Total, long? Next, IReadOnlyList<string> Findings);

/// <summary>A bundle in the list.</summary>
internal sealed record BundleSummary
{
    /// <summary>Its line in the index, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of its file, as the index has it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether its file is there, can be read and is the one that was written; what follows is null where it is not.</summary>
    public required bool Intact { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Who asked for it, as he said.</summary>
    public string? Requester { get; init; }

    /// <summary>What for, as he said.</summary>
    public string? Purpose { get; init; }

    /// <summary>The algorithms of its keys.</summary>
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>Whether its secret keys are kept, encrypted.</summary>
    public bool? Stored { get; init; }
}

/// <summary>The answer of <c>POST /api/v1/pqc/bundles/verify</c>.</summary>
/// <param name="Valid">Whether all checks are passed: the bundle is as its signer made it.</param>
/// <param name="Signer">Who that is: <c>current</c>, the identity of this service, <c>former</c>, one that it had, or <c>unknown</c>; anybody can sign.</param>
/// <param name="Checks">Everything that was looked at.</param>
internal sealed record VerificationBody(bool Valid, string Signer, IReadOnlyList<CheckBody> Checks);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is as it must be.</param>
/// <param name="Detail">What was found, and where.</param>
internal sealed record CheckBody(string Name, bool Ok, string Detail)
{
    /// <summary>From a check.</summary>
    /// <param name="check">The check.</param>
    public static CheckBody From(BundleCheck check) => new(check.Name, check.Ok, check.Detail);

    /// <summary>How long it took, where that was measured.</summary>
    [JsonIgnore]
    public TimeSpan Elapsed { get; init; }
}

/// <summary>The answer of <c>GET /api/v1/pqc/identity</c>.</summary>
/// <param name="Identities">Who signs bundles here, and before that who did.</param>
internal sealed record BundleIdentityBody(IReadOnlyList<IdentityEntry> Identities)
{
    /// <summary>From what is known.</summary>
    /// <param name="known">The latest first.</param>
    public static BundleIdentityBody From(IReadOnlyList<KnownIdentity> known) => new([.. known.Select(IdentityEntry.From)]);
}

/// <summary>An identity.</summary>
/// <param name="Created">When its keys were made.</param>
/// <param name="Replaced">When others were found in their place; null for those in use.</param>
/// <param name="HistoryLost">When the keys were found without a history: nothing is known of any before them; null where none was missing.</param>
/// <param name="Keys">The two keys.</param>
internal sealed record IdentityEntry(
    DateTimeOffset Created,
    DateTimeOffset? Replaced,
    DateTimeOffset? HistoryLost,
    IReadOnlyList<IdentityKey> Keys
)
{
    /// <summary>From what is known.</summary>
    /// <param name="known">An identity.</param>
    public static IdentityEntry From(KnownIdentity known) =>
        new(
            known.Created,
            known.Replaced,
            known.HistoryLost,
            [
                new IdentityKey(
                    PublicIdentity.MlDsaAlgorithm,
                    known.Keys.MlDsaKeyId,
                    Convert.ToBase64String(known.Keys.MlDsa.Encoded.Span)
                ),
                new IdentityKey(PublicIdentity.FalconAlgorithm, known.Keys.FalconKeyId, Convert.ToBase64String(known.Keys.Falcon.Encoded)),
            ]
        );
}

/// <summary>A public key.</summary>
/// <param name="Alg">Its algorithm, as signatures name it.</param>
/// <param name="Kid">Its identifier.</param>
/// <param name="PublicKey">The key, base64.</param>
internal sealed record IdentityKey(string Alg, string Kid, string PublicKey);
