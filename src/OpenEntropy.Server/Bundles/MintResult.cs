using OpenEntropy.Pqc;

namespace OpenEntropy.Server.Bundles;

/// <summary>What became of a request for a bundle.</summary>
internal abstract record MintResult
{
    private MintResult() { }

    /// <summary>It was made.</summary>
    /// <param name="Id">The bundle.</param>
    /// <param name="Text">The answer, the caller's to dispose of: it holds the secret keys.</param>
    public sealed record Made(string Id, SecretBuffer Text) : MintResult;

    /// <summary>It was made before, by a request with the same key.</summary>
    /// <param name="Id">The bundle.</param>
    /// <param name="Text">The answer, without secret keys.</param>
    public sealed record Repeated(string Id, byte[] Text) : MintResult;

    /// <summary>It was not made, and nothing is left of it.</summary>
    /// <param name="Reason">Why, for the metrics.</param>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Message">One sentence.</param>
    /// <param name="Field">The parameter at fault.</param>
    /// <param name="RetryAfter">When to ask again.</param>
    public sealed record Refused(string Reason, int Status, string Message, string? Field = null, TimeSpan? RetryAfter = null) : MintResult;
}
