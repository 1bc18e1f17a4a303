using OpenEntropy.Assessment.Randomness.Further;
using OpenEntropy.Assessment.Randomness.Sp80022;

namespace OpenEntropy.Assessment.Randomness;

/// <summary>The tests there are.</summary>
public static class RandomnessBattery
{
    /// <summary>The tests of SP 800-22 Rev. 1a, in its order.</summary>
    public static IReadOnlyList<RandomnessTest> Sp80022 { get; } =
    [
        new FrequencyTest(),
        new BlockFrequencyTest(),
        new RunsTest(),
        new LongestRunTest(),
        new BinaryMatrixRankTest(),
        new DiscreteFourierTransformTest(),
        new NonOverlappingTemplateTest(),
        new OverlappingTemplateTest(),
        new UniversalTest(),
        new LinearComplexityTest(),
        new SerialTest(),
        new ApproximateEntropyTest(),
        new CumulativeSumsTest(),
        new RandomExcursionsTest(),
        new RandomExcursionsVariantTest(),
    ];

    /// <summary>Tests that are not of SP 800-22: of the distribution, the order and the correlations of bytes and wider values, and of compression.</summary>
    public static IReadOnlyList<RandomnessTest> Further { get; } =
    [
        new ByteFrequencyTest(),
        new SpectralFlatnessTest(),
        new ShannonEntropyTest(),
        new MinEntropyTest(),
        new PermutationEntropyTest(),
        new CompressionRatioTest(),
        new KolmogorovComplexityTest(),
        new AutocorrelationTest(),
        new SerialCorrelationTest(),
        new LagCorrelationTest(),
        new CrossCorrelationTest(),
        new KolmogorovSmirnovTest(),
        new AndersonDarlingTest(),
        new BirthdaySpacingsTest(),
        new BitAvalancheTest(),
        new MonteCarloPiTest(),
        new MeanVarianceTest(),
    ];

    /// <summary>All tests: those of SP 800-22, then the further ones.</summary>
    public static IReadOnlyList<RandomnessTest> All { get; } = [.. Sp80022, .. Further];

    private static readonly Dictionary<string, RandomnessTest> ByName = NamesOf(All);

    /// <summary>The test of a name: its own, or one that an earlier battery had for it, such as "Monobit Frequency"; in any case of letters.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The test; null if there is none of that name.</returns>
    public static RandomnessTest? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.GetValueOrDefault(name);
    }

    /// <summary>Runs tests on a sequence, one after the other.</summary>
    /// <param name="tests">The tests, such as <see cref="Sp80022"/>.</param>
    /// <param name="bits">The sequence.</param>
    /// <param name="options">Whose arithmetic, and the parameters; null: the defaults.</param>
    /// <returns>A result a test, in their order; tests that do not apply say why.</returns>
    /// <exception cref="OperationCanceledException">The checkpoint ended the computation.</exception>
    public static IReadOnlyList<RandomnessTestResult> Run(
        IReadOnlyList<RandomnessTest> tests,
        BitSequence bits,
        RandomnessOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(tests);
        options ??= new RandomnessOptions();
        return [.. tests.Select(test => test.Run(bits, options))];
    }

    private static Dictionary<string, RandomnessTest> NamesOf(IReadOnlyList<RandomnessTest> tests)
    {
        var names = tests.ToDictionary(test => test.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (earlier, name) in EarlierNames.All)
            names[earlier] = names[name];
        return names;
    }
}
