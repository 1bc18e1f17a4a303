using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace OpenEntropy.Cli.Options;

/// <summary>An option that takes a number within a range; anything else is refused with the range.</summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed class NumberOption<T> : Option<T>
    where T : struct, INumber<T>
{
    /// <param name="name">The name, with its dashes.</param>
    /// <param name="value">What it is where it is not given.</param>
    /// <param name="least">The least it can be.</param>
    /// <param name="most">The most it can be.</param>
    /// <param name="description">What it means, its unit included; the range is added, and help adds the default.</param>
    public NumberOption(string name, T value, T least, T most, string description)
        : base(name)
    {
        Description = $"{description} {Text(least)} to {Text(most)}.";
        HelpName = "N";
        DefaultValueFactory = _ => value;
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (T.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            result.AddError($"{name} is {given}, and can be {Text(least)} to {Text(most)}.");
            return value;
        };
    }

    private static string Text(T number) => number.ToString(null, CultureInfo.InvariantCulture);
}
