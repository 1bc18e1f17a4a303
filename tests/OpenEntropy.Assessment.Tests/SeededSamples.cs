namespace OpenEntropy.Assessment.Tests;

/// <summary>Samples that are the same in every run.</summary>
internal static class SeededSamples
{
    /// <summary>Uniform samples 0 … alphabetSize − 1.</summary>
    public static byte[] Of(int seed, int length, int alphabetSize)
    {
        var random = new SplitMix((ulong)seed);
        var samples = new byte[length];
        foreach (ref var sample in samples.AsSpan())
            sample = (byte)random.Below(alphabetSize);
        return samples;
    }
}
