using System.Globalization;

namespace OpenEntropy.Fuzz;

/// <summary>What to try.</summary>
internal sealed record FuzzOptions
{
    private const string Names =
        "--tries, --parser-tries, --target-tries, --seconds, --only, --keep, --seed, --from, --connections, --raw, --large and --messages";

    /// <summary>Requests over HTTP.</summary>
    public long Tries { get; init; } = 20_000;

    /// <summary>Query strings for the parser alone.</summary>
    public long ParserTries { get; init; } = 200_000;

    /// <summary>Torn inputs for each of the quickest of the other parsers; the slower ones get fewer.</summary>
    public long TargetTries { get; init; } = 20_000;

    /// <summary>The longest time for each of the other parsers, seconds; 0: as long as it takes.</summary>
    public int Seconds { get; init; }

    /// <summary>The one parser to try, and nothing else; null: all.</summary>
    public string? Only { get; init; }

    /// <summary>A folder for inputs that a parser stumbled over; null: they are told alone.</summary>
    public string? Keep { get; init; }

    /// <summary>What all tries are made of: try <c>n</c> of a seed is the same request on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of the first try, to make one again.</summary>
    public long From { get; init; }

    /// <summary>Connections that are open at once.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Whether the service gives raw samples.</summary>
    public bool Raw { get; init; }

    /// <summary>Whether the service gives long answers: fewer tries, but also those that are written as the client reads them.</summary>
    public bool Large { get; init; }

    /// <summary>Whether every distinct message is listed.</summary>
    public bool Messages { get; init; }

    /// <summary>Options of a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="FormatException">One is unknown, without a value or out of range.</exception>
    public static FuzzOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--raw" => options with { Raw = true },
                "--large" => options with { Large = true },
                "--messages" => options with { Messages = true },
                "--tries" => options with { Tries = Number(arguments, ref i, 0, 1_000_000_000) },
                "--parser-tries" => options with { ParserTries = Number(arguments, ref i, 0, 10_000_000_000) },
                "--target-tries" => options with { TargetTries = Number(arguments, ref i, 0, 10_000_000_000) },
                "--seconds" => options with { Seconds = (int)Number(arguments, ref i, 0, 86_400) },
                "--only" => options with { Only = Text(arguments, ref i) },
                "--keep" => options with { Keep = Text(arguments, ref i) },
                "--seed" => options with { Seed = (ulong)Number(arguments, ref i, 0, long.MaxValue) },
                "--from" => options with { From = Number(arguments, ref i, 0, long.MaxValue / 2) },
                "--connections" => options with { Connections = (int)Number(arguments, ref i, 1, 1000) },
                _ => throw new FormatException($"{name} is none of {Names}."),
            };
        }

        return options;
    }

    private static string Text(ReadOnlySpan<string> arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new FormatException($"{arguments[i - 1]} has no value.");

    private static long Number(ReadOnlySpan<string> arguments, ref int i, long minimum, long maximum)
    {
        var name = arguments[i];
        if (++i == arguments.Length)
            throw new FormatException($"{name} has no value.");
        return
            long.TryParse(arguments[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= minimum
            && number <= maximum
            ? number
            : throw new FormatException($"{name} is {minimum} to {maximum}, not {arguments[i]}.");
    }
}
