namespace OpenEntropy.Http;

/// <summary>A page of the ledger, the latest bundle first.</summary>
public sealed record BundleList
{
    /// <summary>The entries.</summary>
    public required IReadOnlyList<BundleEntry> Bundles { get; init; }

    /// <summary>Bundles in the ledger.</summary>
    public required long Total { get; init; }

    /// <summary>What to give as <c>before</c> for the next page; null at the end.</summary>
    public required long? Next { get; init; }

    /// <summary>What was repaired or cannot be.</summary>
    public required IReadOnlyList<string> Findings { get; init; }
}

/// <summary>A bundle in the ledger.</summary>
public sealed record BundleEntry
{
    /// <summary>Its number.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of its file, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether its file is as it was written.</summary>
    public required bool Intact { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset? Created { get; init; }

    /// <summary>Who asked, as they said.</summary>
    public required string? Requester { get; init; }

    /// <summary>What for, as they said.</summary>
    public required string? Purpose { get; init; }

    /// <summary>The algorithms of its keys.</summary>
    public required IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>Whether its file has the encrypted secret keys.</summary>
    public required bool? Stored { get; init; }
}

/// <summary>What the service says of a bundle.</summary>
public sealed record BundleVerification
{
    /// <summary>Whether it is as its signer made it.</summary>
    public required bool Valid { get; init; }

    /// <summary>Who that is: <c>current</c> or <c>former</c> of this service, or <c>unknown</c>.</summary>
    public required string Signer { get; init; }

    /// <summary>What was looked at.</summary>
    public required IReadOnlyList<BundleCheck> Checks { get; init; }
}

/// <summary>A thing that was looked at.</summary>
public sealed record BundleCheck
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is well.</summary>
    public required bool Ok { get; init; }

    /// <summary>A sentence.</summary>
    public required string Detail { get; init; }
}

/// <summary>Who signs the bundles of a service, and who did.</summary>
public sealed record BundleIdentities
{
    /// <summary>The one in use first.</summary>
    public required IReadOnlyList<BundleIdentity> Identities { get; init; }
}

/// <summary>An identity.</summary>
public sealed record BundleIdentity
{
    /// <summary>Since when; null where it is not known.</summary>
    public required DateTimeOffset? Created { get; init; }

    /// <summary>When others were found in its place; null while it is in use.</summary>
    public required DateTimeOffset? Replaced { get; init; }

    /// <summary>When its keys were found without a history; null otherwise.</summary>
    public required DateTimeOffset? HistoryLost { get; init; }

    /// <summary>Its public keys.</summary>
    public required IReadOnlyList<BundleSigner> Keys { get; init; }
}

/// <summary>A public key that bundles are signed with.</summary>
public sealed record BundleSigner
{
    /// <summary>The algorithm of the signature.</summary>
    public required string Alg { get; init; }

    /// <summary>The key's thumbprint.</summary>
    public required string Kid { get; init; }

    /// <summary>The key, base64.</summary>
    public required string PublicKey { get; init; }
}
