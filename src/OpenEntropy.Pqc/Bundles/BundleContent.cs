namespace OpenEntropy.Pqc.Bundles;

/// <summary>What a bundle says, beside its keys.</summary>
internal sealed record BundleContent
{
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Who asked for it, as he says; null where he does not.</summary>
    public required string? Requester { get; init; }

    /// <summary>What for, as he says; null where he does not.</summary>
    public required string? Purpose { get; init; }

    /// <summary>The node's name; null where it has none.</summary>
    public required string? Node { get; init; }

    /// <summary>The forms of its keys beside base64.</summary>
    public required KeyEncodings Encodings { get; init; }

    /// <summary>What became of the secret keys.</summary>
    public required SecretForm Secrets { get; init; }

    /// <summary>Whether the secret keys are kept with it, under the passphrase.</summary>
    public required bool IsStored { get; init; }

    /// <summary>The evidence: a JSON object.</summary>
    public required ReadOnlyMemory<byte> Evidence { get; init; }
}
