namespace OpenEntropy.Evidence;

/// <summary>What the process exits with.</summary>
internal static class ExitCodes
{
    /// <summary>What was asked for was done; recordings as far as the time limits let them: fewer samples than asked for are said.</summary>
    public const int Success = 0;

    /// <summary>
    /// A source that is available could not be measured, none selected is available, a pair of sources that earn stayed undecided, or something was
    /// left behind by switching, or fewer rounds of that were done than asked for.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood, or a file could not be written; one line on standard error says why.</summary>
    public const int Usage = 2;
}
