using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Monitor;

/// <summary>Keys of a service, from the environment: a command line can be read by everybody on the machine.</summary>
internal static class OperatorKey
{
    /// <summary>Where the operator's is looked for.</summary>
    public const string Variable = "OPENENTROPY_OPERATOR_KEY";

    /// <summary>Where that for reading is looked for.</summary>
    public const string ReaderVariable = "OPENENTROPY_API_KEY";

    private const int Shortest = 32;

    /// <summary>The key; null where none is given.</summary>
    /// <exception cref="CommandFailureException">What is given is no key. It is not repeated.</exception>
    public static string? Read() => Check(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The key for reading; null where none is given.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static string? ReadReader() => Check(Environment.GetEnvironmentVariable(ReaderVariable), ReaderVariable, "API key");

    internal static string? Check(string? given, string variable = Variable, string what = "operator's key") =>
        string.IsNullOrEmpty(given) ? null
        : given.Length >= Shortest && given.All(static character => character is >= '!' and <= '~') ? given
        : throw new CommandFailureException($"{variable} is no {what}: it has at least {Shortest} characters, all visible and of ASCII.");
}
