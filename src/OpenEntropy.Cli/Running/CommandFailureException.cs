namespace OpenEntropy.Cli.Running;

/// <summary>What ends a command with one line on standard error and an exit code.</summary>
/// <param name="message">The line, a sentence that names what is wrong and, of a value, its range.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed class CommandFailureException(string message, int exitCode = ExitCodes.Usage) : Exception(message)
{
    /// <summary>What the process exits with.</summary>
    public int ExitCode { get; } = exitCode;
}
