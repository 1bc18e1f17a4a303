namespace OpenEntropy.Assessment;

/// <summary>Samples, or a recording of them, that nothing can be said of: the message names what is wrong and how much is needed.</summary>
public sealed class AssessmentInputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence for the person who brought the samples.</param>
    public AssessmentInputException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence for the person who brought the samples.</param>
    /// <param name="inner">What failed beneath.</param>
    public AssessmentInputException(string message, Exception inner)
        : base(message, inner) { }
}
