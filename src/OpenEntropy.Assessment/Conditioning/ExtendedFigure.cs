using System.Numerics;

namespace OpenEntropy.Assessment.Conditioning;

/// <summary>
/// A number with 64 significant bits, the <c>long double</c> of NIST's tool. As text it has up to 22 digits, those beyond dropped and not rounded,
/// as that tool prints them. A figure to show and to credit; what is computed in that format is <see cref="Numerics.Extended"/>.
/// </summary>
public sealed class ExtendedFigure
{
    internal const int SignificantBits = 64;
    private const int Digits = 22;

    private ExtendedFigure(BigFloat value) => Value = value;

    internal BigFloat Value { get; }

    /// <summary>The number as a double, rounded toward zero and so never too high.</summary>
    public double RoundedDown
    {
        get
        {
            if (Value.Sign == 0 || Value.Top < -1021)
                return 0;
            var down = Value.TowardZero(53);
            return Math.ScaleB((double)down.Mantissa, (int)down.Exponent);
        }
    }

    /// <summary>Up to 22 significant digits, without an exponent from 10^−5 to 10^22.</summary>
    public override string ToString()
    {
        if (Value.Sign == 0)
            return "0";
        // The power of ten of the first digit; the estimate may be one too low.
        var power = (int)Math.Floor((Value.Top - 1) * Math.Log10(2));
        if (Scaled(Digits - 1 - power) >= BigInteger.Pow(10, Digits))
            power++;
        var digits = Scaled(Digits - 1 - power).ToString().TrimEnd('0');
        if (power is < -4 or >= Digits)
            return $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(power < 0 ? '-' : '+')}{Math.Abs(power):D2}";
        if (power < 0)
            return "0." + new string('0', -power - 1) + digits;
        digits = digits.PadRight(power + 1, '0');
        return digits.Length == power + 1 ? digits : digits[..(power + 1)] + "." + digits[(power + 1)..];
    }

    internal static ExtendedFigure ToNearest(BigFloat value) => new(value.ToNearest(SignificantBits));

    internal static ExtendedFigure TowardZero(BigFloat value) => new(value.TowardZero(SignificantBits));

    /// <summary>⌊value · 10^tens⌋.</summary>
    private BigInteger Scaled(int tens)
    {
        var numerator = Value.Mantissa * (tens > 0 ? BigInteger.Pow(10, tens) : BigInteger.One);
        var denominator = tens < 0 ? BigInteger.Pow(10, -tens) : BigInteger.One;
        return Value.Exponent >= 0 ? (numerator << (int)Value.Exponent) / denominator : numerator / (denominator << (int)-Value.Exponent);
    }
}
