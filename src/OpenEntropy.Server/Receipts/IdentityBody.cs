using OpenEntropy.Receipts;

namespace OpenEntropy.Server.Receipts;

/// <summary>The answer of <c>/api/v1/identity</c>: a JWK Set (RFC 7517, 5) with one member more.</summary>
internal sealed record IdentityBody
{
    /// <summary>The public keys receipts are signed with.</summary>
    public required IReadOnlyList<PublicJwk> Keys { get; init; }

    /// <summary>The first of them as SubjectPublicKeyInfo in PEM (RFC 7468, 13).</summary>
    public required string Pem { get; init; }

    /// <summary>From a key.</summary>
    /// <param name="key">The key.</param>
    public static IdentityBody From(SigningKey key) =>
        new() { Keys = [new PublicJwk("EC", "P-256", key.X, key.Y, JwsHeader.Algorithm, "sig", key.KeyId)], Pem = key.Pem };
}

/// <summary>A public key on P-256: RFC 7517, 4 and RFC 7518, 6.2.1; <c>kid</c> is the thumbprint of RFC 7638.</summary>
internal sealed record PublicJwk(string Kty, string Crv, string X, string Y, string Alg, string Use, string Kid);
