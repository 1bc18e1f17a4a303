using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Server.Bundles;

/// <summary>A valid request for a bundle. Dispose it to zero the passphrase.</summary>
internal sealed record BundleRequest : IDisposable
{
    /// <summary>The algorithm where none is named.</summary>
    public const string DefaultAlgorithm = "ML-KEM-768";

    /// <summary>The most characters of <see cref="Requester"/>: code points.</summary>
    public const int LongestRequester = 128;

    /// <summary>The most characters of <see cref="Purpose"/>: code points.</summary>
    public const int LongestPurpose = 256;

    /// <summary>One key pair for each.</summary>
    public required IReadOnlyList<BundleAlgorithm> Algorithms { get; init; }

    /// <summary>The forms of keys beside base64.</summary>
    public required KeyEncodings Encodings { get; init; }

    /// <summary>Who asks, as he says.</summary>
    public string? Requester { get; init; }

    /// <summary>What for, as he says.</summary>
    public string? Purpose { get; init; }

    /// <summary>Encrypts the secret keys; null: they are given in clear.</summary>
    public Passphrase? Passphrase { get; init; }

    /// <summary>What becomes of the secret keys: <see cref="SecretForm.Clear"/> exactly where there is no <see cref="Passphrase"/>.</summary>
    public required SecretForm Secrets { get; init; }

    /// <summary>Whether the secret keys are kept, encrypted.</summary>
    public bool Store { get; init; }

    /// <summary>What is kept of it with the bundle, to tell it from another with the same Idempotency-Key; null where it has none.</summary>
    public string? Hmac { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Passphrase?.Dispose();
}
