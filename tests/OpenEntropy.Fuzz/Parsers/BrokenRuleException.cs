namespace OpenEntropy.Fuzz.Parsers;

/// <summary>A parser took an input and made something of it that cannot be.</summary>
/// <param name="message">What.</param>
internal sealed class BrokenRuleException(string message) : Exception(message)
{
    /// <summary>Throws where a rule does not hold.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="otherwise">What is so otherwise.</param>
    public static void Unless(bool holds, string otherwise)
    {
        if (!holds)
            throw new BrokenRuleException(otherwise);
    }
}
