namespace OpenEntropy.Assessment.Tests;

/// <summary>SplitMix64 from a seed: the same numbers in every run.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>0 … exclusive − 1.</summary>
    public int Below(int exclusive) => (int)Math.BigMul(Next(), (ulong)exclusive, out _);

    /// <summary>In [0, 1), 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

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
