using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace OpenEntropy.Server.Security;

/// <summary>Who may act on the service.</summary>
internal sealed class SecurityOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Security";

    private const int DigestDigits = 64; // SHA-256

    /// <summary>
    /// The SHA-256 of the operator's key, 64 hexadecimal digits; the key itself, of 32 characters or more, is kept nowhere. Default: empty, no key; then
    /// only this machine itself may switch sources, make bundles and ask for assessments.
    /// </summary>
    public string OperatorKeyDigest { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
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
