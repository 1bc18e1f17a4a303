namespace OpenEntropy.Evidence.Documents;

/// <summary>How a generated document says what command made it, so that it can be run again.</summary>
internal static class Reproduction
{
    private const string Program = "dotnet run -c Release --project tests/OpenEntropy.Evidence --";
    private const string Plain = "_-.,:/=+%@";

    /// <summary>The command, for a POSIX shell in the repository.</summary>
    /// <param name="arguments">All that decides what was measured; where it was written to does not.</param>
    public static string Command(params IEnumerable<string> arguments) => $"{Program} {string.Join(' ', arguments.Select(Quoted))}";

    private static string Quoted(string argument) =>
        argument.Length > 0
        && argument.All(character => char.IsAsciiLetterOrDigit(character) || Plain.Contains(character, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
