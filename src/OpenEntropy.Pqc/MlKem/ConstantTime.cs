using System.Runtime.CompilerServices;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>A comparison whose result steers nothing. The compiler is kept from seeing through it.</summary>
internal static class ConstantTime
{
    /// <summary>Takes one of two secrets, without a branch.</summary>
    /// <param name="one">What is compared.</param>
    /// <param name="other">What with; as long.</param>
    /// <param name="chosen">What is taken where they are equal; becomes the choice.</param>
    /// <param name="otherwise">What is taken where they differ; as long.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void Replace(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<byte> chosen, ReadOnlySpan<byte> otherwise)
    {
        var difference = 0;
        for (var i = 0; i < one.Length; i++)
            difference |= one[i] ^ other[i];
        var mask = -difference >> 31; // all ones where there is a difference, which is from 0 to 255
        for (var i = 0; i < chosen.Length; i++)
            chosen[i] = (byte)(chosen[i] ^ (mask & (chosen[i] ^ otherwise[i])));
    }
}
