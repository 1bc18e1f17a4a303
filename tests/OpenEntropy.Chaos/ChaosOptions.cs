using System.Globalization;

namespace OpenEntropy.Chaos;

/// <summary>What is tried.</summary>
internal enum ChaosVerb
{
    /// <summary>Faults of the machine, one after the other.</summary>
    Chaos,

    /// <summary>A mixed load for minutes.</summary>
    Soak,

    /// <summary>Very many blocks, of which no two may be the same.</summary>
    Duplicates,
}

/// <summary>What to try, and how long.</summary>
internal sealed record ChaosOptions
{
    private const string Usage = """
        chaos      [--stop SECONDS] [--phase SECONDS]        faults of the machine: 60 and 10 s
        soak       [--minutes MINUTES] [--assessed]          a mixed load: 10; while sources are assessed
        duplicates [--blocks N] [--clients N] [--answer BLOCKS]  10^8 blocks of 16 bytes, 64 clients, 4096 blocks an answer
        """;

    /// <summary>What is tried.</summary>
    public required ChaosVerb Verb { get; init; }

    /// <summary>How long the service is stopped by SIGSTOP, seconds.</summary>
    public int StopSeconds { get; init; } = 60;

    /// <summary>How long each other fault lasts, seconds.</summary>
    public int PhaseSeconds { get; init; } = 10;

    /// <summary>How long the load lasts, minutes.</summary>
    public int Minutes { get; init; } = 10;

    /// <summary>Whether the service assesses its sources under the load, which takes memory of its own.</summary>
    public bool Assessed { get; init; }

    /// <summary>Blocks of 16 bytes.</summary>
    public long Blocks { get; init; } = 100_000_000;

    /// <summary>Clients at once.</summary>
    public int Clients { get; init; } = 64;

    /// <summary>Bytes asked for at once, a multiple of 16.</summary>
    public int AnswerBytes { get; init; } = 65_536;

    /// <summary>Options of a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="FormatException">One is unknown, without a value or out of range.</exception>
    public static ChaosOptions Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments.IsEmpty || !Enum.TryParse<ChaosVerb>(arguments[0], ignoreCase: true, out var verb) || !Enum.IsDefined(verb))
            throw new FormatException(Usage);
        var options = new ChaosOptions { Verb = verb };
        for (var i = 1; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--stop" => options with { StopSeconds = (int)Number(arguments, ref i, 1, 600) },
                "--phase" => options with { PhaseSeconds = (int)Number(arguments, ref i, 1, 600) },
                "--minutes" => options with { Minutes = (int)Number(arguments, ref i, 3, 1440) },
                "--assessed" => options with { Assessed = true },
                "--blocks" => options with { Blocks = Number(arguments, ref i, 1, 10_000_000_000) },
                "--clients" => options with { Clients = (int)Number(arguments, ref i, 1, 1000) },
                "--answer" => options with { AnswerBytes = (int)(Number(arguments, ref i, 1, 65_536) * 16) },
                _ => throw new FormatException($"{arguments[i]} is no option.\n{Usage}"),
            };
        }

        return options;
    }

    private static long Number(ReadOnlySpan<string> arguments, ref int i, long least, long most)
    {
        var name = arguments[i];
        if (++i == arguments.Length)
            throw new FormatException($"{name} has no value.");
        return
            long.TryParse(arguments[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : throw new FormatException($"{name} is {least} to {most}, not {arguments[i]}.");
    }
}
