using System.Diagnostics;
using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Calibration;

/// <summary>Runs tests on many sequences of the good generator.</summary>
internal static class CalibrationRun
{
    private const int SequencesPerLine = 50;

    /// <summary>The results of every sequence, by its number; the same for any number of threads.</summary>
    /// <param name="options">How many sequences, and of what.</param>
    /// <param name="progress">Where to report how far it is and what each test took.</param>
    /// <param name="tests">The tests.</param>
    public static RandomnessTestResult[][] Of(CalibrationOptions options, TextWriter progress, IReadOnlyList<RandomnessTest> tests)
    {
        var results = new RandomnessTestResult[options.Sequences][];
        var ticks = new long[tests.Count];
        var done = 0;
        var generator = new CounterModeGenerator(options.Seed);
        Parallel.For(
            0,
            options.Sequences,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            number =>
            {
                var bits = generator.Sequence(number, options.Bits);
                results[number] = [.. tests.Select((test, i) => Timed(test, bits, ref ticks[i]))];
                if (Interlocked.Increment(ref done) % SequencesPerLine == 0)
                    progress.WriteLine($"{done} of {options.Sequences} sequences");
            }
        );
        for (var i = 0; i < tests.Count; i++)
            progress.WriteLine($"{ticks[i] * 1000.0 / Stopwatch.Frequency / options.Sequences, 9:F2} ms  {tests[i].Name}");
        return results;
    }

    private static RandomnessTestResult Timed(RandomnessTest test, BitSequence bits, ref long ticks)
    {
        var start = Stopwatch.GetTimestamp();
        // The figures on the way to the p-values are not needed, and would be most of the memory.
        var result = test.Run(bits, new RandomnessOptions()) with
        {
            Statistics = [],
        };
        Interlocked.Add(ref ticks, Stopwatch.GetTimestamp() - start);
        return result;
    }
}
