using System.CommandLine;
using System.Globalization;

namespace OpenEntropy.Cli.Drills;

/// <summary><c>--for</c>: how long, as 10, 10s or 2m; 1 s to 10 min in whole seconds.</summary>
internal sealed class DurationOption : Option<int>
{
    private const int Longest = 600;
    private const int SecondsOfMinute = 60;

    public DurationOption()
        : base("--for")
    {
        Description = "How long it lasts: 10s, 2m; 1 second to 10 minutes, and no longer than the service allows.";
        HelpName = "TIME";
        DefaultValueFactory = static _ => 10;
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (Read(given) is { } seconds)
                return seconds;
            result.AddError($"--for is '{given}', and can be 1s to 600s, or 1m to 10m.");
            return 0;
        };
    }

    internal static int? Read(string given)
    {
        var unit = given.EndsWith('m') ? SecondsOfMinute : 1;
        var number = given.EndsWith('m') || given.EndsWith('s') ? given[..^1] : given;
        return
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= Longest
            && count * unit <= Longest
            ? count * unit
            : null;
    }
}
