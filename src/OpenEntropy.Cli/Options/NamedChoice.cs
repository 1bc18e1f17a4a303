using System.CommandLine;
using System.CommandLine.Parsing;

namespace OpenEntropy.Cli.Options;

/// <summary>Options that take one of some names, or several separated by commas; other names are refused with the list.</summary>
internal static class NamedChoice
{
    /// <summary>An option with one value.</summary>
    public static Option<T?> One<T>(string name, params (string Name, T Value)[] choices)
        where T : struct =>
        new(name)
        {
            CustomParser = result => Find(result, result.Tokens[0].Value, choices),
            HelpName = string.Join('|', choices.Select(choice => choice.Name)),
        };

    /// <summary>An option with a list of values.</summary>
    public static Option<T[]?> List<T>(string name, params (string Name, T Value)[] choices)
        where T : struct =>
        new(name)
        {
            CustomParser = result => [.. result.Tokens[0].Value.Split(',').Select(each => Find(result, each.Trim(), choices) ?? default)],
            HelpName = string.Join(',', choices.Select(choice => choice.Name)),
            Arity = ArgumentArity.ExactlyOne,
        };

    private static T? Find<T>(ArgumentResult result, string given, (string Name, T Value)[] choices)
        where T : struct
    {
        foreach (var (name, value) in choices)
        {
            if (name == given)
                return value;
        }

        var option = (result.Parent as OptionResult)?.Option.Name;
        result.AddError($"{option} is '{given}', and can be {string.Join(", ", choices.Select(choice => choice.Name))}.");
        return null;
    }
}
