using System.Numerics;

namespace OpenEntropy.Assessment.Conditioning;

/// <summary>Operations to a relative precision: every result keeps that many bits, the rest dropped, some units in the last place off.</summary>
/// <param name="precision">Significant bits.</param>
internal sealed class BigFloatArithmetic(int precision)
{
    private static readonly BigFloat One = BigFloat.From(1);

    /// <summary>The natural logarithm of 2: 2 artanh(1/3).</summary>
    public BigFloat LogTwo => field.Sign > 0 ? field : field = TwiceArtanh(Divide(One, BigFloat.From(3)));

    /// <summary>a + b; where one is too small beside the other to show, the other.</summary>
    public BigFloat Add(BigFloat a, BigFloat b)
    {
        if (a.Sign == 0 || b.Sign == 0)
            return a.Sign == 0 ? b : a;
        if (Math.Abs(a.Top - b.Top) > precision + 2)
            return a.Top > b.Top ? a : b;
        return (a + b).TowardZero(precision);
    }

    /// <summary>a b.</summary>
    public BigFloat Multiply(BigFloat a, BigFloat b) => (a * b).TowardZero(precision);

    /// <summary>a / b.</summary>
    public BigFloat Divide(BigFloat a, BigFloat b)
    {
        if (a.Sign == 0)
            return a;
        var shift = (int)Math.Max(0, precision + 2 + Bits(b) - Bits(a));
        return new BigFloat((a.Mantissa << shift) / b.Mantissa, a.Exponent - shift - b.Exponent).TowardZero(precision);
    }

    /// <summary>√a.</summary>
    public BigFloat SquareRoot(BigFloat a)
    {
        var shift = (int)Math.Max(0, (2L * precision) + 4 - Bits(a));
        shift += (int)((a.Exponent - shift) & 1);
        var radicand = a.Mantissa << shift;
        // Newton's iteration from above.
        var root = BigInteger.One << ((int)(radicand.GetBitLength() + 1) / 2);
        for (var next = (root + (radicand / root)) >> 1; next < root; next = (root + (radicand / root)) >> 1)
            root = next;
        return new BigFloat(root, (a.Exponent - shift) / 2).TowardZero(precision);
    }

    /// <summary>2^−h.</summary>
    /// <param name="h">Not negative, below 2^31.</param>
    public BigFloat TwoToMinus(BigFloat h)
    {
        var whole = h.Exponent >= 0 ? h.Mantissa << (int)h.Exponent : h.Mantissa >> (int)-h.Exponent;
        var y = Multiply(h - new BigFloat(whole, 0), LogTwo);
        // e^y for 0 ≤ y < ln 2.
        var (sum, term) = (One, One);
        for (var k = 1; term.Sign > 0 && term.Top > -precision - 2; k++)
        {
            term = Divide(Multiply(term, y), BigFloat.From(k));
            sum = Add(sum, term);
        }

        var inverse = Divide(One, sum);
        return inverse with { Exponent = inverse.Exponent - (long)whole };
    }

    /// <summary>log2(1 + δ), relative to itself however small δ is.</summary>
    /// <param name="delta">δ, not negative.</param>
    public BigFloat LogTwoOfOnePlus(BigFloat delta)
    {
        if (delta.Sign == 0)
            return delta;
        if (delta.Top < 0)
            return Divide(TwiceArtanh(Divide(delta, Add(delta, BigFloat.From(2)))), LogTwo);
        // 1 + δ = f · 2^e with f in (2/3, 4/3].
        var f = Add(delta, One);
        var e = f.Top - 1;
        f = f with { Exponent = f.Exponent - e };
        if ((f * 3).OrderTo(BigFloat.From(4)) > 0)
            (f, e) = (f with { Exponent = f.Exponent - 1 }, e + 1);
        return Add(BigFloat.From(e), Divide(TwiceArtanh(Divide(Add(f, BigFloat.From(-1)), Add(f, One))), LogTwo));
    }

    /// <summary>2 artanh z = 2 (z + z³/3 + z⁵/5 + …).</summary>
    private BigFloat TwiceArtanh(BigFloat z)
    {
        var (sum, power, square) = (z, z, Multiply(z, z));
        for (var k = 3; power.Sign != 0 && power.Top > sum.Top - precision - 2; k += 2)
        {
            power = Multiply(power, square);
            sum = Add(sum, Divide(power, BigFloat.From(k)));
        }

        return sum * 2;
    }

    private static long Bits(BigFloat a) => (long)BigInteger.Abs(a.Mantissa).GetBitLength();
}
