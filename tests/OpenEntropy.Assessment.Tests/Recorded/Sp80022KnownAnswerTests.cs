using System.Globalization;
using OpenEntropy.Assessment.Randomness;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>The tests of SP 800-22 against every p-value that NIST's code gave of bits made by formula.</summary>
public sealed class Sp80022KnownAnswerTests
{
    // NIST's code loses digits in the tails, and calls 0 what is less likely than 10^−300.
    private const double RelativeTolerance = 1e-10;
    private const double Vanishing = 1e-300;
    private const double StatisticTolerance = 1e-9;

    private static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal)
    {
        ["Frequency"] = "Frequency",
        ["Block frequency"] = "BlockFrequency",
        ["Runs"] = "Runs",
        ["Longest run of ones in a block"] = "LongestRun",
        ["Binary matrix rank"] = "Rank",
        ["Discrete Fourier transform"] = "FFT",
        ["Non-overlapping template matching"] = "NonOverlappingTemplate",
        ["Overlapping template matching"] = "OverlappingTemplate",
        ["Maurer's universal"] = "Universal",
        ["Linear complexity"] = "LinearComplexity",
        ["Serial"] = "Serial",
        ["Approximate entropy"] = "ApproximateEntropy",
        ["Cumulative sums"] = "CumulativeSums",
        ["Random excursions"] = "RandomExcursions",
        ["Random excursions variant"] = "RandomExcursionsVariant",
    };

    // As many as the publication asks for: 38 matrices, 5 blocks expected in every class, 100,000 bits in blocks of 500.
    private static readonly Dictionary<string, int> s_fewestBlocks = new(StringComparer.Ordinal)
    {
        ["BlockFrequency"] = 1,
        ["Rank"] = 38,
        ["OverlappingTemplate"] = 72,
        ["LinearComplexity"] = 200,
    };

    // Statistics that are not in the record: the threshold itself, and the expectation by length.
    private static readonly string[] s_unrecorded = ["FFT.T", "Universal.exp_value"];

    public static TheoryData<string> Sequences => [.. FormulaBits.Names];

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Run_OfBitsMadeByFormula_GivesThePValuesOfNistsCode(string name)
    {
        var expected = RecordedAnswers.Sp80022[name];
        var bits = BitSequence.FromBits(FormulaBits.Sequence(name));

        var results = RandomnessBattery.Run(RandomnessBattery.Sp80022, bits, new() { Mode = Sp80022Mode.Sts212 });

        Assert.Equal(s_labels.Count, results.Count);
        Assert.All(results, result => AssertEqual(expected, s_labels[result.Name], result));
    }

    private static void AssertEqual(ToolOutput expected, string test, RandomnessTestResult actual)
    {
        if (actual.Inapplicable is not null)
        {
            Assert.True(IsTooShort(expected, test), $"{test}: {actual.Inapplicable}");
            return;
        }

        var compared = 0;
        foreach (var (index, p) in actual.PValues.Index())
        {
            if (!expected.Has(Key(test, index, p)))
                continue;
            var value = expected.Number(Key(test, index, p));
            Assert.True(
                Math.Abs(p.Value - value) <= (RelativeTolerance * value) + Vanishing,
                $"{test} {p.Name}: expected {value:R}, was {p.Value:R}, relative {(p.Value - value) / value:E2}"
            );
            compared++;
        }

        // All there are, but for the templates, of which the record keeps the first four of most sequences.
        var recorded = expected.Names.Count(key => key.StartsWith("NonOverlappingTemplate.p[", StringComparison.Ordinal));
        Assert.Equal(test == "NonOverlappingTemplate" ? recorded : actual.PValues.Count, compared);
        Assert.True(recorded is 4 or 148, $"{recorded} templates are recorded.");
        AssertStatistics(expected, test, actual);
    }

    private static void AssertStatistics(ToolOutput expected, string test, RandomnessTestResult actual)
    {
        var template = 0;
        foreach (var statistic in actual.Statistics)
        {
            var key = StatisticKey(test, statistic.Name, test == "NonOverlappingTemplate" ? template : 0);
            template += statistic.Name.StartsWith("Chi^2 of ", StringComparison.Ordinal) ? 1 : 0;
            if (s_unrecorded.Contains(key) || (test == "NonOverlappingTemplate" && template > 4 && !expected.Has(key)))
                continue;
            Assert.True(expected.Has(key), $"{key} is not recorded.");
            var value = expected.Number(key);
            // Differences of sums lose digits.
            Assert.True(
                Math.Abs(statistic.Value - value) <= (RelativeTolerance * Math.Abs(value)) + StatisticTolerance,
                $"{key}: expected {value:R}, was {statistic.Value:R}"
            );
        }
    }

    /// <summary>The record's name of a statistic.</summary>
    private static string StatisticKey(string test, string statistic, int template)
    {
        if (statistic.StartsWith("Chi^2 of x = ", StringComparison.Ordinal))
            return $"{test}.chi2[{statistic["Chi^2 of x = ".Length..]}]";
        if (statistic.StartsWith("visits of x = ", StringComparison.Ordinal))
            return $"{test}.xi[{statistic["visits of x = ".Length..]}]";
        if (statistic.StartsWith("Chi^2 of ", StringComparison.Ordinal))
            return $"{test}.chi2[{template}]";
        if (statistic is ['v', .. var number] && int.TryParse(number, CultureInfo.InvariantCulture, out _))
            return $"{test}.nu[{number}]";
        return test
            + "."
            + statistic switch
            {
                "Chi^2" => "chi2",
                "Pi" => "pi",
                "argument of erfc" => "erfc_arg",
                "F_M" => "F_32",
                "F_M-1" => "F_31",
                "N_1" => "N_l",
                "N_0" => "N_o",
                "Psi_m" => "psi2_m",
                "Psi_m-1" => "psi2_m1",
                "Psi_m-2" => "psi2_m2",
                "Del_1" => "del1",
                "Del_2" => "del2",
                "Phi(m)" => "phi_m",
                "Phi(m+1)" => "phi_m1",
                "z forward" => "forward.z",
                "z backward" => "reverse.z",
                "mu" => "lambda",
                "sigma-squared" => "varWj",
                _ => statistic,
            };
    }

    /// <summary>Bits that NIST's code refuses, or computes something of although they are fewer than its publication asks for.</summary>
    private static bool IsTooShort(ToolOutput expected, string test) =>
        expected.Has($"{test}.note")
        || (s_fewestBlocks.TryGetValue(test, out var blocks) && expected.Number($"{test}.N") < blocks)
        || (expected.Has($"{test}.m") && expected.Number("n") < Math.Pow(2, expected.Number($"{test}.m")));

    private static string Key(string test, int index, PValue p) =>
        test switch
        {
            "CumulativeSums" => $"{test}.{(p.Name == "backward" ? "reverse" : p.Name)}.p",
            "Serial" => $"{test}.{p.Name}",
            "NonOverlappingTemplate" => $"{test}.p[{index}]",
            "RandomExcursions" or "RandomExcursionsVariant" => $"{test}.p[{p.Name["x = ".Length..]}]",
            _ => $"{test}.p",
        };
}
