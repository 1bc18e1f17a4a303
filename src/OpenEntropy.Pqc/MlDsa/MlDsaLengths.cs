namespace OpenEntropy.Pqc.MlDsa;

/// <summary>Says which length was wrong.</summary>
internal static class MlDsaLengths
{
    /// <summary>Refuses a length.</summary>
    /// <param name="given">Bytes given.</param>
    /// <param name="wanted">Bytes wanted.</param>
    /// <param name="what">What has the length, as the subject of a sentence.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void Require(int given, int wanted, string what, string parameter)
    {
        if (given != wanted)
            throw new ArgumentException($"{what} has {wanted} bytes, not {given}.", parameter);
    }
}
