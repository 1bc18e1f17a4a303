using System.Runtime.InteropServices;

namespace OpenEntropy.Values;

/// <summary>How many bytes a mapping consumes: rejection makes it a random number, of which mean and variance are known.</summary>
/// <param name="Mean">Its mean, bytes.</param>
/// <param name="Variance">Its variance, bytes².</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteNeed(double Mean, double Variance)
{
    /// <summary>Standard deviations between the mean and what is called generous.</summary>
    private const double Deviations = 8;

    /// <summary>Bytes beside them: the number of tries of a few values has the longer tail of a geometric distribution.</summary>
    private const double Few = 256;

    /// <summary>One standard deviation, bytes, at least 1.</summary>
    public long Deviation => Math.Max(1, (long)Math.Ceiling(Math.Sqrt(Variance)));

    /// <summary>Bytes that are all but certain to suffice.</summary>
    public long Generous => (long)Math.Ceiling(Mean + (Deviations * Math.Sqrt(Variance)) + (Variance > 0 ? Few : 0));

    /// <summary>Tries of some bytes each until one is accepted (a geometric distribution).</summary>
    /// <param name="bytes">Bytes of a try.</param>
    /// <param name="acceptance">The probability that it is accepted, above 0.</param>
    public static ByteNeed OfTries(int bytes, double acceptance) =>
        new(bytes / acceptance, (double)bytes * bytes * (1 - acceptance) / (acceptance * acceptance));

    /// <summary>Both.</summary>
    public static ByteNeed operator +(ByteNeed one, ByteNeed other) => new(one.Mean + other.Mean, one.Variance + other.Variance);

    /// <summary>The same, independently, so many times.</summary>
    public static ByteNeed operator *(ByteNeed one, long times) => new(one.Mean * times, one.Variance * times);
}
