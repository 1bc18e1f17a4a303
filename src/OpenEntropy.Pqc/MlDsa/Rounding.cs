using System.Runtime.CompilerServices;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>
/// High and low bits: FIPS 204, 7.4. Division is multiplication by a reciprocal, and there is no branch: the time depends on no coefficient. Only
/// <see cref="UseHint"/> branches: it is for verification, where nothing is secret.
/// </summary>
internal readonly struct Rounding
{
    // The reciprocal of 2·γ2 is too great by at most 2^-44, so r times it by less than 2^-20 < 1/(2·γ2): never over the next whole number.
    private const int ReciprocalBits = 44;

    private readonly int _gamma2;
    private readonly int _classes;
    private readonly long _reciprocal;

    /// <summary>The rounding of a parameter set.</summary>
    public Rounding(MlDsaParameters parameters)
    {
        (_gamma2, _classes) = (parameters.Gamma2, parameters.Classes);
        _reciprocal = ((1L << ReciprocalBits) / (2 * _gamma2)) + 1;
    }

    /// <summary>Algorithm 35, Power2Round: r = high·2^13 + low, low from -2^12 + 1 to 2^12.</summary>
    /// <param name="r">From 0 to q - 1.</param>
    public static (int High, int Low) Power2Round(int r)
    {
        const int Half = 1 << (MlDsaParameters.DroppedBits - 1);
        var high = (r + Half - 1) >> MlDsaParameters.DroppedBits;
        return (high, r - (high << MlDsaParameters.DroppedBits));
    }

    /// <summary>Algorithm 36, Decompose: r = high·2·γ2 + low modulo q, low from -γ2 to γ2.</summary>
    /// <param name="r">From 0 to q - 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int High, int Low) Decompose(int r)
    {
        var high = (int)(((r + _gamma2 - 1) * _reciprocal) >> ReciprocalBits);
        high &= (high - _classes) >> 31; // the class of q - 1 is that of 0
        var low = r - (high * 2 * _gamma2);
        return (high, low - ((((ModQ.Q - 1) / 2) - low) >> 31 & ModQ.Q));
    }

    /// <summary>Algorithm 37, HighBits.</summary>
    /// <param name="r">From 0 to q - 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int HighBits(int r) => Decompose(r).High;

    /// <summary>Algorithm 40, UseHint.</summary>
    /// <param name="hint">0 or 1.</param>
    /// <param name="r">From 0 to q - 1.</param>
    /// <returns>From 0 to (q - 1)/(2·γ2) - 1.</returns>
    public int UseHint(int hint, int r)
    {
        var (high, low) = Decompose(r);
        if (hint == 0)
            return high;
        return low > 0 ? (high + 1 == _classes ? 0 : high + 1) : (high == 0 ? _classes - 1 : high - 1);
    }
}
