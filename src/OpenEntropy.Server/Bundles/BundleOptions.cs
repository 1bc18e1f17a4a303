using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Bundles;

/// <summary>Bundles of post-quantum keys.</summary>
internal sealed class BundleOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Bundles";

    private const int LongestNode = 64;
    private const int KeyIdLength = 43; // SHA-256 in base64url

    /// <summary>What bundles call this node, at most 64 characters without control characters. Default: empty, no name.</summary>
    public string Node { get; set; } = "";

    /// <summary>
    /// The passphrase of the keys that bundles are signed with, 12 to 1,024 characters of which 6 differ. Default: empty; then a key file beside them,
    /// for its owner alone, takes its place, which protects copies of the keys' file alone, not of the directory.
    /// </summary>
    public string IdentityPassphrase { get; set; } = "";

    /// <summary>
    /// The kid of the ML-DSA-65 key of an identity whose keys are gone and may be replaced by new ones: 43 characters of base64url. Default: empty,
    /// none; then keys that are gone while the history names them are 503. It consents to the end of this one identity and, left in the configuration,
    /// of no other.
    /// </summary>
    public string ReplaceIdentity { get; set; } = "";

    /// <summary>
    /// Key pairs that may be asked for in a minute, 1 to 60,000; as many at once. One of Falcon counts as three, and a passphrase as five more for each
    /// pair; a request that counts more than all passes when nothing else does, and what follows waits the longer. Default 600.
    /// </summary>
    [Range(1, 60_000)]
    public int MintsPerMinute { get; set; } = 600;

    /// <summary>Bundles that the ledger takes, 1 to 10,000,000; none is made beyond. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaximumBundles { get; set; } = 100_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Node.EnumerateRunes().Count() > LongestNode || Node.Any(char.IsControl))
        {
            yield return new ValidationResult($"a name has at most {LongestNode} characters and no control characters", [nameof(Node)]);
        }

        // The value itself is told nobody.
        if (IdentityPassphrase.Length > 0 && PassphraseRule.WhyNot(IdentityPassphrase) is { } why)
        {
            yield return new ValidationResult(why, [nameof(IdentityPassphrase)]);
        }

        if (ReplaceIdentity.Length > 0 && !IsKeyId(ReplaceIdentity))
        {
            yield return new ValidationResult(
                $"it must be empty, or the kid of an ML-DSA-65 key: {KeyIdLength} characters of base64url",
                [nameof(ReplaceIdentity)]
            );
        }
    }

    private static bool IsKeyId(string text) =>
        text.Length == KeyIdLength && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
