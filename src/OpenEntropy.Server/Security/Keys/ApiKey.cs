namespace OpenEntropy.Server.Security.Keys;

/// <summary>A key as it is kept: all but the key.</summary>
internal sealed record ApiKey
{
    /// <summary>Its name in public.</summary>
    public required string Id { get; init; }

    /// <summary>What its maker called it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required Scopes Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ends; null: it does not.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was revoked; null: it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>HMAC-SHA-256 of the whole key's text under the storage directory's own key, 32 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Who asks with it: one object for all its requests.</summary>
    public Caller Caller => field ??= new Caller(CallerKind.Key, Id) { Scopes = Scopes };

    /// <summary>Whether it lets anybody in.</summary>
    /// <param name="now">The time.</param>
    public bool IsGood(DateTimeOffset now) => Revoked is null & (Expires is null || now < Expires);

    /// <summary>The type's name and the id: a hash is told nobody.</summary>
    public override string ToString() => $"{nameof(ApiKey)} {Id}";
}
