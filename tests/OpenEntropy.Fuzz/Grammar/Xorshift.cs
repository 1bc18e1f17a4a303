namespace OpenEntropy.Fuzz.Grammar;

/// <summary>
/// Choices that can be made again: xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled"), begun with
/// SplitMix64's mix of a seed and the number of a try. No randomness to use: test inputs alone are made of it.
/// </summary>
internal sealed class Xorshift
{
    private ulong _state;

    /// <summary>The choices of one try.</summary>
    /// <param name="seed">The seed of all tries.</param>
    /// <param name="number">The try.</param>
    public Xorshift(ulong seed, long number)
    {
        var z = Mix(seed) + (((ulong)number + 1) * 0x9E3779B97F4A7C15);
        _state = Mix(z) | 1;
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1D;
    }

    /// <summary>A number from 0 to below a bound; the bias is of no matter here.</summary>
    /// <param name="bound">1 or more.</param>
    public int Below(int bound) => (int)((Next() >> 33) % (ulong)bound);

    /// <summary>True once in so many times.</summary>
    /// <param name="times">1 or more.</param>
    public bool Once(int times) => Below(times) == 0;

    /// <summary>One of several.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="choices">At least one.</param>
    public T One<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
