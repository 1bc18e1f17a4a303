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
}
