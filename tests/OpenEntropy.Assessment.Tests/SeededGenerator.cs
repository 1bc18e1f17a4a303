namespace OpenEntropy.Assessment.Tests;

/// <summary>SplitMix64: the same samples in every run, for tests that look at many.</summary>
internal sealed class SeededGenerator(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … bound − 1, to 2^−40.</summary>
    public int Below(int bound) => (int)(Unit() * bound);

    /// <summary>Independent samples of a distribution.</summary>
    public byte[] Samples(int count, ReadOnlySpan<double> probabilities)
    {
        var cumulative = new double[probabilities.Length];
        var sum = 0.0;
        for (var value = 0; value < cumulative.Length; value++)
            cumulative[value] = sum += probabilities[value];
        var samples = new byte[count];
        foreach (ref var sample in samples.AsSpan())
        {
            var at = Array.BinarySearch(cumulative, Unit());
            sample = (byte)Math.Min(at < 0 ? ~at : at + 1, cumulative.Length - 1);
        }

        return samples;
    }
}
