using System.Runtime.CompilerServices;

namespace OpenEntropy.Pqc.Falcon.Sampling;

/// <summary>
/// SamplerZ (Algorithms 12 to 15): integers from a distribution very close to the discrete Gaussian of a center μ and a standard deviation σ' between
/// σ_min and σ_max.
/// <para>
/// Constant time as far as the specification is: the table of the base sampler is read whole and without branches, exp is a polynomial in integer
/// arithmetic, and the number of rejections is independent of μ, σ' and the result (because the acceptance probability is scaled by σ_min/σ'). Bytes
/// of BerExp are compared until two differ, which tells nothing either. Additions, multiplications and conversions of doubles are those of the
/// processor, which on x64 and arm64 take the same time for all the numbers met here; what does not always, division and square root, is done when a
/// key is expanded, and never here.
/// </para>
/// </summary>
internal sealed class IntegerSampler(SamplerBytes bytes, double sigmaMin)
{
    private const double InverseOfTwiceSigmaMaxSquared = 1 / (2 * FalconParameters.SigmaMax * FalconParameters.SigmaMax);
    private const double Ln2 = 0.69314718055994530942;
    private const double InverseOfLn2 = 1.4426950408889634074;
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>The specification's Table 3.1, RCDT: 2^72 times the probabilities of more than 0, 1, … as two halves of 36 bits.</summary>
    internal static ReadOnlySpan<ulong> BaseTable =>
        [
            0xA3F7F42ED,
            0x3AC391802,
            0x54D32B181,
            0xF3F7DDB82,
            0x227DCDD09,
            0x34829C1FF,
            0x0AD175437,
            0x7C7994AE4,
            0x0295846CA,
            0xEF33F1F6F,
            0x00774AC75,
            0x4ED74BD5F,
            0x001024DD5,
            0x42B776AE4,
            0x0001A1FFD,
            0xC65AD63DA,
            0x00001F80D,
            0x88A7B6428,
            0x000001C3F,
            0xDB2040C69,
            0x00000012C,
            0xF24D031FB,
            0x000000009,
            0x49F8B091F,
            0x000000000,
            0x3665DA998,
            0x000000000,
            0x00EBF6EBB,
            0x000000000,
            0x0002F5D7E,
            0x000000000,
            0x000007098,
            0x000000000,
            0x0000000C6,
            0x000000000,
            0x000000001,
        ];

    /// <summary>The coefficients of Algorithm 13: 2^63 e^−x, the highest power first (from FACCT, doi:10.1109/TC.2019.2940949).</summary>
    internal static ReadOnlySpan<ulong> ExpCoefficients =>
        [
            0x00000004741183A3,
            0x00000036548CFC06,
            0x0000024FDCBF140A,
            0x0000171D939DE045,
            0x0000D00CF58F6F84,
            0x000680681CF796E3,
            0x002D82D8305B0FEA,
            0x011111110E066FD0,
            0x0555555555070F00,
            0x155555555581FF00,
            0x400000000002B400,
            0x7FFFFFFFFFFF4800,
            0x8000000000000000,
        ];

    /// <summary>Algorithm 15, SamplerZ.</summary>
    /// <param name="center">μ, of magnitude below 2^52.</param>
    /// <param name="inverseDeviation">1/σ', where σ' is above σ_min and not above σ_max.</param>
    public int Next(double center, double inverseDeviation)
    {
        var floor = Floor(center);
        var fraction = center - floor;
        var inverseOfTwiceVariance = 0.5 * inverseDeviation * inverseDeviation;
        var scale = sigmaMin * inverseDeviation;
        while (true)
        {
            var magnitude = NextBase();
            var sign = (int)(bytes.Next8() & 1);
            var candidate = sign + (((2 * sign) - 1) * magnitude);
            var distance = candidate - fraction;
            var x = (distance * distance * inverseOfTwiceVariance) - (magnitude * magnitude * InverseOfTwiceSigmaMaxSquared);
            if (Accepts(x, scale))
                return (int)(floor + candidate);
        }
    }

    /// <summary>Algorithm 12, BaseSampler: 0 to 18, from one half of a Gaussian of σ_max.</summary>
    internal int NextBase()
    {
        var (high, low) = bytes.Next72();
        var count = 0UL;
        var table = BaseTable;
        for (var i = 0; i + 1 < table.Length; i += 2)
        {
            var borrow = (low - table[i + 1]) >> 63;
            count += (high - table[i] - borrow) >> 63;
        }
        return (int)count;
    }

    /// <summary>Algorithm 13, ApproxExp: 2^63 scale e^−x for an x of [0, ln 2] and a scale of [0, 1).</summary>
    internal static ulong ApproximateExp(double x, double scale)
    {
        var coefficients = ExpCoefficients;
        var y = coefficients[0];
        var z = (ulong)double.ConvertToIntegerNative<long>(x * TwoTo63) << 1;
        for (var i = 1; i < coefficients.Length; i++)
            y = coefficients[i] - Math.BigMul(z, y, out _);
        z = (ulong)double.ConvertToIntegerNative<long>(scale * TwoTo63) << 1;
        return Math.BigMul(z, y, out _);
    }

    /// <summary>Algorithm 14, BerExp: true with probability scale e^−x, x not negative.</summary>
    private bool Accepts(double x, double scale)
    {
        var halvings = Floor(x * InverseOfLn2);
        var rest = x - (halvings * Ln2);
        var shift = (int)(halvings ^ ((halvings ^ 63) & ((63 - halvings) >> 63))); // 63 at most
        var threshold = ((ApproximateExp(rest, scale) << 1) - 1) >> shift;
        int difference;
        var position = 64;
        do
        {
            position -= 8;
            difference = (int)bytes.Next8() - (int)((threshold >> position) & 0xFF);
        } while (difference == 0 && position > 0);
        return difference < 0;
    }

    /// <summary>⌊x⌋ without a branch: the conversion cuts towards zero, which is one too many where x is below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Floor(double x)
    {
        var cut = double.ConvertToIntegerNative<long>(x);
        return cut + (BitConverter.DoubleToInt64Bits(x - cut) >> 63);
    }
}
