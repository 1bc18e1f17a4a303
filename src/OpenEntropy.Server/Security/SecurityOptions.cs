using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace OpenEntropy.Server.Security;

/// <summary>Who may ask and who may act.</summary>
internal sealed class SecurityOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Security";

    private const int DigestDigits = 64; // SHA-256

    /// <summary>
    /// The SHA-256 of a key with every scope, 64 hexadecimal digits; the key itself, of 32 characters or more, is kept nowhere. It is for where there is
    /// no file to write, as in a container; other keys are made by <c>openentropy key</c>. Default: empty, none.
    /// </summary>
    public string OperatorKeyDigest { get; set; } = "";

    /// <summary>
    /// Whether everybody who reaches the service may read without a key, also where it listens on more than this machine. Without it, and without any
    /// key, such a service does not start. Default false.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Whether a key is asked of everybody, also on this machine itself. Default false: of whoever comes from elsewhere.</summary>
    public bool RequireKey { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AllowAnonymous && RequireKey)
        {
            yield return new ValidationResult($"it contradicts {nameof(RequireKey)}: give one of them", [nameof(AllowAnonymous)]);
        }

        // What was given is not repeated: it may be a key.
        if (OperatorKeyDigest.Length == 0)
        {
            yield break;
        }

        if (OperatorKeyDigest.Length != DigestDigits || !OperatorKeyDigest.All(char.IsAsciiHexDigit))
        {
            yield return new ValidationResult(
                $"it must be empty, or the SHA-256 of the operator's key: {DigestDigits} hexadecimal digits and nothing else",
                [nameof(OperatorKeyDigest)]
            );
        }
        else if (Convert.FromHexString(OperatorKeyDigest).AsSpan().SequenceEqual(SHA256.HashData([])))
        {
            // What a shell makes of a variable that is not set.
            yield return new ValidationResult("it is the SHA-256 of an empty text, which is no key", [nameof(OperatorKeyDigest)]);
        }
    }
}
