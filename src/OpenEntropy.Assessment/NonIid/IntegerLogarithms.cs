using System.Numerics;
using System.Runtime.CompilerServices;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>log2 of 2, 3, … in the extended format, as far as they have been asked for.</summary>
/// <param name="last">The last that can be asked for.</param>
internal sealed class IntegerLogarithms(int last)
{
    private readonly ulong[] _significands = GC.AllocateUninitializedArray<ulong>(last + 1);
    private int _known = 1;

    /// <summary>The significands of the logarithms of 0, 1, 2, … n; those of 0 and 1 mean nothing.</summary>
    public ReadOnlySpan<ulong> UpTo(int n)
    {
        for (; _known < n; _known++)
            _significands[_known + 1] = BinaryLogarithm.OfInteger((uint)_known + 1).Significand;
        return _significands.AsSpan(0, n + 1);
    }

    /// <summary>The logarithm of n of a significand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extended Value(ulong significand, int n) => Extended.Normalised(significand, Scale(n) - 63);

    /// <summary>The integer part of log2(log2 n): all of 256 … 65,535 have the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scale(int n) => BitOperations.Log2((uint)BitOperations.Log2((uint)n));
}
