namespace OpenEntropy.Pqc.MlDsa;

/// <summary>The hint of a signature: FIPS 204, 7.1. A hint is public; the time depends on it.</summary>
internal static class HintPacking
{
    /// <summary>Algorithm 20, HintBitPack.</summary>
    /// <param name="hint">0 or 1 for each coefficient of a vector, at most <paramref name="omega"/> ones.</param>
    /// <param name="omega">ω.</param>
    /// <param name="target">ω bytes and one for each polynomial.</param>
    public static void Pack(ReadOnlySpan<byte> hint, int omega, Span<byte> target)
    {
        target.Clear();
        var index = 0;
        for (var row = 0; row < target.Length - omega; row++)
        {
            var polynomial = hint.Slice(row * NumberTheoreticTransform.Size, NumberTheoreticTransform.Size);
            for (var j = 0; j < polynomial.Length; j++)
            {
                if (polynomial[j] != 0)
                    target[index++] = (byte)j;
            }

            target[omega + row] = (byte)index;
        }
    }

    /// <summary>Algorithm 21, HintBitUnpack.</summary>
    /// <param name="source">ω bytes and one for each polynomial.</param>
    /// <param name="omega">ω.</param>
    /// <param name="hint">Becomes 0 or 1 for each coefficient.</param>
    /// <returns>False for anything that <see cref="Pack"/> does not give: a signature has one encoding.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> source, int omega, Span<byte> hint)
    {
        hint.Clear();
        var index = 0;
        for (var row = 0; row < source.Length - omega; row++)
        {
            var end = source[omega + row];
            if (end < index || end > omega)
                return false; // Step 4: fewer than before, or more than there may be
            for (var first = index; index < end; index++)
            {
                if (index > first && source[index - 1] >= source[index])
                    return false; // Step 9: not in order
                hint[(row * NumberTheoreticTransform.Size) + source[index]] = 1;
            }
        }

        return !source[index..omega].ContainsAnyExcept((byte)0); // Step 16: what is left is zero
    }
}
