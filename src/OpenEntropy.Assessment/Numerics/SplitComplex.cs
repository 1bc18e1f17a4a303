namespace OpenEntropy.Assessment.Numerics;

/// <summary>Complex numbers, the real and the imaginary parts apart, so that vector instructions take several at a time.</summary>
/// <param name="Re">The real parts.</param>
/// <param name="Im">The imaginary parts, as many.</param>
internal readonly record struct SplitComplex(double[] Re, double[] Im)
{
    public int Length => Re.Length;

    /// <summary>The same memory with the parts exchanged: a forward transform of it is the inverse transform of the numbers, exchanged.</summary>
    public SplitComplex Exchanged => new(Im, Re);

    public static SplitComplex Zeros(int length) => new(new double[length], new double[length]);
}
