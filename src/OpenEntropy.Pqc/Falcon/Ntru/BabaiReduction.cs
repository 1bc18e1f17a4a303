using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>
/// Algorithm 7, Reduce: subtracts multiples k of (f, g) from (F, G), where k is the rounded (F f* + G g*) / (f f* + g g*), found in double precision
/// from the topmost bits of all four and so a few bits at a time. f G − g F does not change, whatever is rounded how.
/// <para>
/// The number of rounds follows the numbers' lengths and, of the last ones, the numbers: they end when k is zero. Each round divides doubles by
/// f f* + g g*, which some processors do sooner for some numbers.
/// </para>
/// </summary>
internal static class BabaiReduction
{
    private const int MaxQuotientBits = 30;
    private const int MaxLastRounds = 8;

    /// <summary>Reduces in place; false when the lengths no longer shrink, which only a degenerate f and g bring about.</summary>
    public static bool Reduce(LimbPolynomial bigF, LimbPolynomial bigG, LimbPolynomial f, LimbPolynomial g)
    {
        var degree = f.Degree;
        var exponent = Math.Max(f.BitLength(), g.BitLength());
        using var secrets = new DoubleBuffers(5, degree);
        var fTransform = secrets[0];
        var gTransform = secrets[1];
        var norm = secrets[2];
        var numerator = secrets[3];
        var work = secrets[4];
        Transform(f, exponent, fTransform);
        Transform(g, exponent, gTransform);
        FourierPolynomial.AddAdjointProduct(fTransform, fTransform, norm);
        FourierPolynomial.AddAdjointProduct(gTransform, gTransform, norm);

        // A sum of n products of a limb and a quotient must fit in 62 bits.
        var quotientBits = Math.Min(MaxQuotientBits, 62 - Math.Min(LimbPolynomial.LimbBits, exponent + 1) - int.Log2(degree));
        var quotient = SecretArray.Of<int>(degree);
        var previous = int.MaxValue;
        for (var lastRounds = 0; lastRounds < MaxLastRounds; )
        {
            var bigExponent = Math.Max(bigF.BitLength(), bigG.BitLength());
            numerator.Clear();
            Transform(bigF, bigExponent, work);
            FourierPolynomial.AddAdjointProduct(work, fTransform, numerator);
            Transform(bigG, bigExponent, work);
            FourierPolynomial.AddAdjointProduct(work, gTransform, numerator);
            FourierPolynomial.DivideBySelfAdjoint(numerator, norm);
            FourierTransform.Inverse(numerator);

            var shift = Round(numerator, bigExponent - exponent, quotientBits, quotient);
            if (shift > 0 && bigExponent >= previous)
                break;
            if (shift == 0 && !quotient.AsSpan().ContainsAnyExcept(0))
            {
                SecretArray.Zero(quotient);
                return true;
            }
            lastRounds += shift == 0 ? 1 : 0;
            previous = bigExponent;
            QuotientSubtraction.Apply(bigF, f, quotient, shift);
            QuotientSubtraction.Apply(bigG, g, quotient, shift);
        }
        SecretArray.Zero(quotient);
        return false;
    }

    /// <summary>quotient = real 2^(exponent − shift), rounded, with as small a shift as keeps it in the given bits; the shift is returned.</summary>
    private static int Round(ReadOnlySpan<double> real, int exponent, int quotientBits, Span<int> quotient)
    {
        var greatest = 0.0;
        foreach (var value in real)
            greatest = Math.Max(greatest, Math.Abs(value));
        var bits = greatest > 0 ? Math.ILogB(greatest) + 1 : 0;
        var shift = Math.Max(0, exponent + bits - quotientBits);
        var scale = Math.ScaleB(1, exponent - shift);
        for (var i = 0; i < quotient.Length; i++)
            quotient[i] = double.ConvertToIntegerNative<int>(Math.Round(real[i] * scale));
        return shift;
    }

    private static void Transform(LimbPolynomial polynomial, int exponent, Span<double> target)
    {
        polynomial.ToDoubles(exponent, target);
        FourierTransform.Forward(target);
    }
}
