namespace OpenEntropy.Server.Receipts;

/// <summary>Why nothing can be signed now.</summary>
/// <param name="Message">One sentence for the person who asked; it names no path of the machine beyond the storage directory's own files.</param>
/// <param name="RetryAfter">When it is worth asking again.</param>
internal sealed record IdentityProblem(string Message, TimeSpan RetryAfter)
{
    /// <summary>The pool gives nothing to make a key of.</summary>
    /// <param name="refusal">Why.</param>
    public static IdentityProblem From(EntropyRefusal refusal) => new(refusal.Message, refusal.RetryAfter);
}
