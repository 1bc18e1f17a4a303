namespace OpenEntropy.Cli;

/// <summary>What the process exits with.</summary>
internal static class ExitCodes
{
    /// <summary>What was asked for was done.</summary>
    public const int Success = 0;

    /// <summary>It was done, and a verdict that was asked for is a failure.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood, or a file could not be read, used or written; one line on standard error says why.</summary>
    public const int Usage = 2;

    /// <summary>Memory ran out, or the program is at fault; one line on standard error says how. The number is EX_SOFTWARE of sysexits.h.</summary>
    public const int Fault = 70;
}
