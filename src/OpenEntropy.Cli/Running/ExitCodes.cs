namespace OpenEntropy.Cli.Running;

/// <summary>What the process exits with. The page docs/cli/README.md lists them for users.</summary>
internal static class ExitCodes
{
    /// <summary>What was asked for was done.</summary>
    public const int Success = 0;

    /// <summary>It was done, and a verdict that was asked for is a failure.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood, or a file or an address could not be used at all; nothing was written.</summary>
    public const int Usage = 2;

    /// <summary>There is no entropy to be had: no source runs, none gave samples in time, or a service refused or did not answer.</summary>
    public const int Unavailable = 3;

    /// <summary>It broke off: a source failed, a disk filled or a reader went before the end. What was written before is kept, and marked where it is a recording.</summary>
    public const int BrokenOff = 4;

    /// <summary>Memory ran out, or the program is at fault; one line on standard error says how. The number is EX_SOFTWARE of sysexits.h.</summary>
    public const int Fault = 70;

    /// <summary>Ended by a signal: 128 and its number, as shells count. A command that runs until it is stopped exits with <see cref="Success"/> then.</summary>
    public const int Signal = 128;
}
