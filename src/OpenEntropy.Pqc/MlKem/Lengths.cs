namespace OpenEntropy.Pqc.MlKem;

/// <summary>What a caller gives has the length that it has to have.</summary>
internal static class Lengths
{
    /// <summary>Throws where it has not.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="bytes">The length.</param>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="ArgumentException">It has another one.</exception>
    public static void Require(ReadOnlySpan<byte> given, int bytes, string name)
    {
        if (given.Length != bytes)
            throw new ArgumentException($"{given.Length} bytes where {bytes} are needed.", name);
    }
}
