namespace OpenEntropy.Fuzz.Parsers;

/// <summary>Makes an input smaller that a parser stumbles over.</summary>
internal static class ByteShrinking
{
    private const int MostTries = 4000;

    /// <summary>The smallest input found that has the same fault.</summary>
    /// <param name="target">The parser.</param>
    /// <param name="input">The input.</param>
    /// <param name="kind">The fault up to its colon.</param>
    public static byte[] Shrink(ParserTarget target, byte[] input, string kind)
    {
        var tries = 0;
        for (var length = input.Length / 2; length > 0; )
        {
            var smaller = Without(input, length)
                .TakeWhile(_ => tries++ < MostTries)
                .FirstOrDefault(each => TargetTrial.FindFault(target, each, out _)?.Split(':', 2)[0] == kind);
            if (smaller is not null)
                input = smaller;
            else
                length /= 2;
            length = Math.Min(length, input.Length);
        }

        return input;
    }

    private static IEnumerable<byte[]> Without(byte[] input, int length)
    {
        for (var at = 0; at < input.Length; at += length)
            yield return [.. input[..at], .. input[Math.Min(at + length, input.Length)..]];
    }
}
