using OpenEntropy.Assessment;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Suffixes;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>Each estimator of SP 800-90B, 6.3 alone, in this process, on a million 8-bit samples.</summary>
internal static class EstimatorTimes
{
    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static Task RunAsync(Report report)
    {
        foreach (var (name, path) in SampleFiles.Recorded("sp80090b/truerand_8bit", "noise/eventfd_rt"))
        {
            Print(report, name, File.ReadAllBytes(path));
        }

        Print(report, "random", MadeSamples.Random(MadeSamples.Usual));
        Print(report, "zeros, regular marks", MadeSamples.RegularMarks(MadeSamples.Usual));
        return Task.CompletedTask;
    }

    private static void Print(Report report, string name, byte[] bytes)
    {
        var samples = SampleSet.FromSamples(bytes);
        var bits = samples.ToBits();
        BestTime.Print(report, $"{name}: samples and bit string", () => SampleSet.FromSamples(bytes).ToBits());
        BestTime.Print(report, "  6.3.5, 6.3.6 tuples of both", () => RepeatedTuples.OfBoth(samples, checkpoint: null));
        foreach (var (estimator, compute) in s_ofAny)
        {
            BestTime.Print(report, $"  {estimator.Clause} symbols", () => compute(samples.Symbols, samples.AlphabetSize));
        }

        foreach (var (estimator, compute) in s_ofBits.Concat(s_ofAny))
        {
            BestTime.Print(report, $"  {estimator.Clause} bits", () => compute(bits, 2));
        }

        var one = new NonIidOptions { Parallelism = 1 };
        BestTime.Print(report, "  all, one thread", () => NonIidAssessment.Run(samples, one));
        BestTime.Print(report, "  all, a thread a core", () => NonIidAssessment.Run(samples));
    }

    private static readonly (NonIidEstimator, Computation)[] s_ofBits =
    [
        (NonIidEstimator.Collision, (sequence, _) => CollisionEstimate.Of(sequence, checkpoint: null)),
        (NonIidEstimator.Markov, (sequence, _) => MarkovEstimate.Of(sequence, checkpoint: null)),
        (NonIidEstimator.Compression, (sequence, _) => CompressionEstimate.Of(sequence, checkpoint: null)),
    ];

    private static readonly (NonIidEstimator, Computation)[] s_ofAny =
    [
        (NonIidEstimator.MostCommonValue, (sequence, _) => MostCommonValueEstimate.Of(sequence, checkpoint: null)),
        (NonIidEstimator.MultiMcw, (sequence, k) => MultiMcwPredictor.Count(sequence, k, checkpoint: null)),
        (NonIidEstimator.Lag, (sequence, k) => LagPredictor.Count(sequence, k, checkpoint: null)),
        (NonIidEstimator.MultiMmc, (sequence, k) => MultiMmcPredictor.Count(sequence, k, checkpoint: null)),
        (NonIidEstimator.Lz78y, (sequence, k) => Lz78yPredictor.Count(sequence, k, checkpoint: null)),
    ];

    /// <summary>What an estimator does; its result is looked at elsewhere.</summary>
    private delegate void Computation(ReadOnlySpan<byte> sequence, int alphabetSize);
}
