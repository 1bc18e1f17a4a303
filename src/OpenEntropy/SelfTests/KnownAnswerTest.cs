namespace OpenEntropy.SelfTests;

/// <summary>A self-test: something is computed from fixed input and compared with what it must be.</summary>
/// <param name="Name">Its name: lower case, words joined by hyphens.</param>
/// <param name="Standard">The document and the clause that what is computed follows, or that the answer stands in.</param>
/// <param name="Expected">The answer, in hexadecimal.</param>
/// <param name="Compute">Computes it.</param>
internal sealed record KnownAnswerTest(string Name, string Standard, string Expected, Func<byte[]> Compute)
{
    /// <summary>Whether the answer is as it must be. Whatever the computation throws is a failure of it: a library that is missing, an array too short.</summary>
    /// <param name="isMisled">Compare with a wrong answer, as a drill does.</param>
    /// <param name="detail">How it failed, in one clause; null where it passed.</param>
    public bool Passes(bool isMisled, out string? detail)
    {
        try
        {
            var expected = Convert.FromHexString(Expected);
            if (isMisled)
                expected[0] ^= 1;
            var passes = Compute().AsSpan().SequenceEqual(expected);
            detail =
                passes ? null
                : isMisled ? "drill (known-answer): it was compared with a wrong answer"
                : "what was computed is not the known answer";
            return passes;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            detail = $"it could not be computed: {exception.GetType().Name}";
            return false;
        }
    }
}
