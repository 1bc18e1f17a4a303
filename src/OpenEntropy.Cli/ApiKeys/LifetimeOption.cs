using System.CommandLine;
using System.Globalization;

namespace OpenEntropy.Cli.ApiKeys;

/// <summary><c>--expires</c>: how long a key lasts, a whole number of days or hours.</summary>
internal sealed class LifetimeOption : Option<TimeSpan?>
{
    private const int MostDays = 3_650;
    private const int HoursOfDay = 24;

    public LifetimeOption()
        : base("--expires")
    {
        Description = $"How long it lasts: 1h to {MostDays * HoursOfDay}h, 1d to {MostDays}d. Default: until it is revoked.";
        HelpName = "TIME";
        CustomParser = result =>
        {
            if (Read(result.Tokens[0].Value) is { } time)
                return time;
            result.AddError(
                $"--expires is {result.Tokens[0].Value}, and can be 1h to {MostDays * HoursOfDay}h or 1d to {MostDays}d, as in 90d."
            );
            return null;
        };
    }

    private static TimeSpan? Read(string text) =>
        text is [.. var digits, var unit and ('d' or 'h')]
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= (unit == 'd' ? MostDays : MostDays * HoursOfDay)
            ? TimeSpan.FromHours((long)number * (unit == 'd' ? HoursOfDay : 1))
            : null;
}
