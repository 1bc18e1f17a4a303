using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Monitor;

/// <summary>The operator's key of a service, from the environment: a command line can be read by everybody on the machine.</summary>
internal static class OperatorKey
{
    /// <summary>Where it is looked for.</summary>
    public const string Variable = "OPENENTROPY_OPERATOR_KEY";

    private const int Shortest = 32;

    /// <summary>The key; null where none is given.</summary>
    /// <exception cref="CommandFailureException">What is given is no key. It is not repeated.</exception>
    public static string? Read() => Check(Environment.GetEnvironmentVariable(Variable));

    internal static string? Check(string? given) =>
        string.IsNullOrEmpty(given) ? null
        : given.Length >= Shortest && given.All(static character => character is >= '!' and <= '~') ? given
        : throw new CommandFailureException(
            $"{Variable} is no operator's key: it has at least {Shortest} characters, all visible and of ASCII."
        );
}
