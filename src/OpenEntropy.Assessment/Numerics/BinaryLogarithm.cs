using System.Numerics;

namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// The logarithm to the base 2 with a relative error below 2^-96, also of numbers near 1: one of 1024 reciprocals brings the significand to 1 + z,
/// |z| below 2^-10, and the series of ln(1 + z) is summed up in fixed point.
/// </summary>
internal static class BinaryLogarithm
{
    private const int IndexBits = 10;

    // z is a multiple of 2^-ZScale: the significand has 63 bits below its highest, a reciprocal one more than the index.
    private const int ZScale = 63 + IndexBits + 1;

    // The scale of the series, of the table and of what is read from it.
    private const int SeriesScale = 126;
    private const int HeadScale = 112;

    // z^12 is below 2^-120.
    private const int Terms = 12;

    // From here on a term is so small that 64 bits of the sum behind it are enough.
    private const int FirstNarrowTerm = 5;

    private static readonly UInt128[] s_coefficients = [.. Enumerable.Range(1, Terms).Select(n => (UInt128.One << SeriesScale) / (uint)n)];

    // z^6 is below 2^-60.
    private const int IntegerTerms = 6;
    private static readonly ulong[] s_narrowCoefficients = [.. s_coefficients.Take(IntegerTerms).Select(c => (ulong)(c >> 64))];

    // log2(1 + i/1024) times 2^HeadScale.
    private static readonly UInt128[] s_logarithms = Table();

    /// <summary>log2 of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or out of the range of the processor's format.</exception>
    public static WideNumber Of(Extended value)
    {
        if (value.IsZero || value.IsNegative)
            throw new ArgumentOutOfRangeException(nameof(value), "Only a number above 0 has a logarithm.");
        if (Math.Abs((long)value.Exponent + 63) >= 1 << 14)
            throw new ArgumentOutOfRangeException(nameof(value), "The logarithm is taken of numbers between 2^-16384 and 2^16384.");

        // value = m 2^e with m in [1, 2); m in [b, b + 1) / 1024, and r / 2048 is near 1 / m, and exactly that at both ends of the range.
        var b = (uint)(value.Significand >> (63 - IndexBits));
        var r = (1u << (2 * IndexBits + 1)) / b;
        var head = HeadOf(value.Exponent + 63, r);

        var z = (Int128)((UInt128)value.Significand * r) - (Int128)(UInt128.One << ZScale);
        var magnitude = (ulong)(z < 0 ? -z : z);
        var tail = TailOf(z < 0, magnitude);
        if (head == 0)
            return tail;

        var fixedTail = (Int128)(tail.Significand >> (-HeadScale - tail.Exponent));
        var sum = head + (z < 0 ? -fixedTail : fixedTail);
        return WideNumber.Normalised(sum < 0, (UInt128)(sum < 0 ? -sum : sum), -HeadScale);
    }

    /// <summary>
    /// log2 of a whole number of at least 2, to within 0.51 units of the last place: the same in a quarter of the time, as the logarithm is not small
    /// and the series need not be as precise.
    /// </summary>
    public static Extended OfInteger(uint value)
    {
        var shift = BitOperations.LeadingZeroCount((ulong)value);
        var significand = (ulong)value << shift;
        var b = (uint)(significand >> (63 - IndexBits));
        var r = (1u << (2 * IndexBits + 1)) / b;

        // The difference from 2^ZScale is below 2^64 in magnitude, so the lower half of the product tells it, and the upper half its sign.
        var isNegative = Math.BigMul(significand, r, out var magnitude) < 1UL << (ZScale - 64);
        magnitude = isNegative ? 0 - magnitude : magnitude;
        var sum = s_narrowCoefficients[IntegerTerms - 1];
        for (var n = IntegerTerms - 2; n >= 0; n--)
        {
            var product = Math.BigMul(sum, magnitude, out _) >> (ZScale - 64);
            sum = isNegative ? s_narrowCoefficients[n] + product : s_narrowCoefficients[n] - product;
        }

        // The sum is scaled by 2^62 and log2 e by 2^63; the product of that with z by 2^(61 + ZScale).
        var tail = Math.BigMul(Math.BigMul(sum, (ulong)(FixedPoint.Log2E >> 64), out _), magnitude, out var low);
        var fixedTail = (Int128)(new UInt128(tail, low) >> (61 + ZScale - HeadScale));
        var head = HeadOf(63 - shift, r);
        return Extended.Round(false, (UInt128)(isNegative ? head - fixedTail : head + fixedTail), -HeadScale);
    }

    /// <summary>e - log2(r / 2048), times 2^HeadScale.</summary>
    private static Int128 HeadOf(int e, uint r) => ((Int128)(e + 1) << HeadScale) - (Int128)s_logarithms[r - (1u << IndexBits)];

    /// <summary>log2(1 + z) of |z| = magnitude 2^-ZScale.</summary>
    private static WideNumber TailOf(bool isNegative, ulong magnitude)
    {
        if (magnitude == 0)
            return default;

        // ln(1 + z) / z = 1 - z (1/2 - z (1/3 - ...))
        var end = (ulong)(s_coefficients[Terms - 1] >> 64);
        for (var n = Terms - 2; n >= FirstNarrowTerm; n--)
        {
            var product = Math.BigMul(end, magnitude, out _) >> (ZScale - 64);
            var coefficient = (ulong)(s_coefficients[n] >> 64);
            end = isNegative ? coefficient + product : coefficient - product;
        }

        var sum = (UInt128)end << 64;
        for (var n = FirstNarrowTerm - 1; n >= 0; n--)
        {
            var product = FixedPoint.MultiplyHigh(sum, magnitude) >> (ZScale - 64);
            sum = isNegative ? s_coefficients[n] + product : s_coefficients[n] - product;
        }

        // Times log2 e, which is scaled by 2^127 and leaves the product divided by 2^128, and times z.
        sum = FixedPoint.MultiplyHigh(sum, FixedPoint.Log2E);
        return WideNumber.Normalised(isNegative, sum, 1 - SeriesScale) * Extended.Scaled(magnitude, -ZScale);
    }

    /// <summary>Each logarithm from the one before: log2((n + 1) / n) = 2 log2(e) artanh(1 / (2 n + 1)).</summary>
    private static UInt128[] Table()
    {
        const int entries = 1 << IndexBits;
        var table = new UInt128[entries + 1];
        UInt128 sum = 0;
        for (uint i = 0; i < entries; i++)
        {
            table[i] = sum >> (SeriesScale - HeadScale);
            // The product of 2^126 and 2^127, divided by 2^128, is scaled by 2^125; one more for the factor 2.
            sum += FixedPoint.MultiplyHigh(ArtanhOfReciprocal(2 * (entries + i) + 1), FixedPoint.Log2E) << 2;
        }

        table[entries] = UInt128.One << HeadScale;
        return table;
    }

    /// <summary>artanh(1 / n) times 2^SeriesScale: the sum of 1 / (k n^k) over odd k.</summary>
    private static UInt128 ArtanhOfReciprocal(uint n)
    {
        UInt128 sum = 0;
        var power = (UInt128.One << SeriesScale) / n;
        for (uint k = 1; power != 0; k += 2)
        {
            sum += power / k;
            power /= (ulong)n * n;
        }

        return sum;
    }
}
