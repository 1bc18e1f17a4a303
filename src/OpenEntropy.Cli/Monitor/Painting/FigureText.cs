using System.Globalization;

namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>Figures as the screen writes them: short, with their unit.</summary>
internal static class FigureText
{
    private static readonly string[] s_byteUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    private static readonly (double Seconds, string Unit)[] s_times =
    [
        (365.25 * 86400, "years"),
        (86400, "days"),
        (3600, "h"),
        (60, "min"),
        (1, "s"),
        (1e-3, "ms"),
    ];

    /// <summary>A whole number with thousands apart: <c>12,345</c>.</summary>
    public static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with three figures at least, as far as it has them: <c>0.333</c>, <c>12.3</c>, <c>1,234</c>.</summary>
    public static string Short(double number) =>
        number.ToString(
            Math.Abs(number) switch
            {
                0 => "0",
                < 1 => "0.000",
                < 10 => "0.00",
                < 100 => "0.0",
                _ => "#,0",
            },
            CultureInfo.InvariantCulture
        );

    /// <summary>Entropy in bits per sample.</summary>
    public static string Bits(double bits) => bits.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Bytes: <c>1.20 MB</c>.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1000 && unit < s_byteUnits.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }

        return unit == 0 ? $"{Whole(bytes)} B" : $"{Short(bytes)} {s_byteUnits[unit]}";
    }

    /// <summary>Bytes per second; words where the rate is not known.</summary>
    public static string ByteRate(double? bytesPerSecond) => bytesPerSecond is { } rate ? $"{Bytes(rate)}/s" : "not known yet";

    /// <summary>A time span in its largest unit: <c>8.60 years</c>, <c>12 s</c>.</summary>
    public static string Time(double seconds)
    {
        var (size, unit) = Array.Find(s_times, each => seconds >= each.Seconds);
        return unit is null ? "0 s"
            : unit is "s" or "ms" ? $"{Whole(Math.Floor(seconds / size))} {unit}"
            : $"{Short(seconds / size)} {unit}";
    }

    /// <summary>A moment, UTC, to the second.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A share: <c>87%</c>; rounded down, so that only what is full is 100%.</summary>
    public static string Share(double share) => $"{Whole(Math.Floor(share * 100))}%";

    /// <summary>A name of the service's JSON as words.</summary>
    public static string Words(string name) => name.Replace('_', ' ');
}
