namespace OpenEntropy.Assessment.Tests;

/// <summary>Samples that are the same in every run.</summary>
internal static class SeededSamples
{
    /// <summary>Uniform samples 0 … alphabetSize − 1 of a xorshift generator.</summary>
    public static byte[] Of(int seed, int length, int alphabetSize)
    {
        var state = 88172645463325252UL + (ulong)seed * 0x9E3779B97F4A7C15UL;
        var samples = new byte[length];
        for (var i = 0; i < length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            samples[i] = (byte)((state * 2685821657736338717UL >> 40) % (ulong)alphabetSize);
        }

        return samples;
    }
}
