using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary>The parameters <c>min</c> and <c>max</c>, and how numbers of their range are written.</summary>
internal static class RangeFields
{
    /// <summary>2^53 − 1: beyond it JavaScript's numbers, which many read JSON with, skip some (RFC 8259, 6).</summary>
    private const long LargestExact = (1L << 53) - 1;

    /// <summary>The smallest value.</summary>
    public static ValueField Min { get; } =
        new("min", "integer", "The smallest value.")
        {
            Least = long.MinValue,
            Most = long.MaxValue,
            Required = true,
            Example = "1",
        };

    /// <summary>The largest value.</summary>
    public static ValueField Max { get; } =
        new(
            "max",
            "integer",
            "The largest value, not below min. Where min or max is beyond 2^53 - 1 in either direction, values are JSON strings."
        )
        {
            Least = long.MinValue,
            Most = long.MaxValue,
            Required = true,
            Example = "6",
        };

    /// <summary>Reads both.</summary>
    /// <param name="given">The parameters.</param>
    /// <param name="range">The range.</param>
    /// <returns>Null when they stand.</returns>
    public static RequestError? Read(GivenValues given, out IntegerRange range)
    {
        var error = given.ReadRequired("min", long.MinValue, long.MaxValue, out var min);
        var max = min;
        error ??= given.ReadRequired("max", min, long.MaxValue, out max);
        range = error is null ? new IntegerRange(min, max) : default;
        return error;
    }

    /// <summary>Whether the numbers are JSON strings, all or none.</summary>
    /// <param name="range">Their range.</param>
    public static bool AreQuoted(IntegerRange range) => range.Min < -LargestExact || range.Max > LargestExact;

    /// <summary>The range as members of the answer.</summary>
    /// <param name="range">The range.</param>
    public static IReadOnlyList<(string Name, string Json)> Members(IntegerRange range) =>
        AreQuoted(range) ? [("min", $"\"{range.Min}\""), ("max", $"\"{range.Max}\"")] : [("min", $"{range.Min}"), ("max", $"{range.Max}")];
}
