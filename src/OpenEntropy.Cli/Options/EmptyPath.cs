using System.CommandLine;
using System.CommandLine.Parsing;

namespace OpenEntropy.Cli.Options;

/// <summary>Paths of no character, as an unset variable of a shell gives them.</summary>
internal static class EmptyPath
{
    /// <summary>Refuses them.</summary>
    /// <param name="option">Takes a path.</param>
    /// <param name="what">What the path is of.</param>
    public static void Refuse(Option option, string what) => option.Validators.Add(result => Refuse(result, option.Name, what));

    /// <inheritdoc cref="Refuse(Option, string)"/>
    public static void Refuse(Argument argument, string what) => argument.Validators.Add(result => Refuse(result, argument.Name, what));

    private static void Refuse(SymbolResult result, string name, string what)
    {
        if (result.Tokens is [{ Value: "" }])
            result.AddError($"{name} is empty, and is to name a {what}.");
    }
}
