using System.Globalization;
using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Calibration;

/// <summary>What to calibrate on.</summary>
internal sealed record CalibrationOptions
{
    public int Sequences { get; init; } = 2000;

    public int Bits { get; init; } = 1_000_000;

    public ulong Seed { get; init; } = 1;

    public int Threads { get; init; } = 2;

    /// <summary><c>all</c>, <c>sp80022</c> or <c>further</c>.</summary>
    public string Tests { get; init; } = "all";

    public IReadOnlyList<RandomnessTest> Battery =>
        Tests switch
        {
            "all" => RandomnessBattery.All,
            "sp80022" => RandomnessBattery.Sp80022,
            "further" => RandomnessBattery.Further,
            _ => throw new FormatException($"--tests is all, sp80022 or further, not {Tests}."),
        };

    /// <summary>The command that gives these options.</summary>
    public string Command =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run -c Release --project tests/OpenEntropy.Calibration -- --sequences {Sequences} --bits {Bits} --seed {Seed} --tests {Tests}"
        );

    /// <summary>Options of a command line.</summary>
    /// <exception cref="FormatException">One is unknown, without a value or out of range.</exception>
    public static CalibrationOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new CalibrationOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var name = arguments[i];
            if (i + 1 == arguments.Length)
                throw new FormatException($"{name} has no value.");
            var value = arguments[i + 1];
            options = name switch
            {
                "--sequences" => options with { Sequences = Number(name, value, 55, 1_000_000) },
                "--bits" => options with { Bits = Number(name, value, 1000, 100_000_000) },
                "--threads" => options with { Threads = Number(name, value, 1, 1024) },
                "--seed" => options with { Seed = ulong.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
                "--tests" => options with { Tests = value },
                _ => throw new FormatException($"{name} is none of --sequences, --bits, --seed, --tests and --threads."),
            };
        }

        _ = options.Battery;
        return options;
    }

    private static int Number(string name, string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new FormatException($"{name} is {minimum} to {maximum}, not {value}.");
}
