namespace OpenEntropy.Evidence.Correlation;

/// <summary>
/// What two series of 8-bit samples tell of each other, in whatever way: the mutual information of their three highest bits, or of their three lowest,
/// whichever is more, less what the same bits tell of each other where one series is shifted in time, which is what chance and each series' own habits
/// make of it.
/// </summary>
internal static class SharedInformation
{
    private const int CellBits = 3;
    private const int Cells = 1 << CellBits;
    private const int HighestShift = 8 - CellBits;
    private const int Shifts = 31;
    private const int LeastBetweenShifts = 8;
    private const double Deviations = 3;

    /// <summary>
    /// The excess, as the coefficient of correlation of two normal variables that tell as much of each other (Linfoot, Information and Control 1, 1957):
    /// 0.1 is 0.007 bit. It has no sign, and the bound is three standard deviations of the shifted pairings.
    /// </summary>
    /// <param name="x">The samples of one source, in the order of time.</param>
    /// <param name="y">Those of the other, as many.</param>
    public static Coefficient Of(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"The series have {x.Length} and {y.Length} samples.", nameof(y));
        if (x.Length < (Shifts + 1) * LeastBetweenShifts)
            return new Coefficient(Value: null, double.PositiveInfinity);

        var (high, low) = (Of(x, y, HighestShift), Of(x, y, drop: 0));
        return high.Value > low.Value ? high : low;
    }

    /// <summary>The coefficient of two normal variables with so much mutual information.</summary>
    /// <param name="bits">Of which nothing is left below 0.</param>
    public static double Correlation(double bits) => Math.Sqrt(1 - Math.Pow(2, -2 * Math.Max(0, bits)));

    private static Coefficient Of(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, int drop)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var shift = 1; shift <= Shifts; shift++)
        {
            var bits = Bits(x, y, (int)((long)x.Length * shift / (Shifts + 1)), drop);
            sum += bits;
            squares += bits * bits;
        }

        var mean = sum / Shifts;
        var deviation = Math.Sqrt(Math.Max(0, (squares / Shifts) - (mean * mean)));
        return new Coefficient(Correlation(Bits(x, y, shift: 0, drop) - mean), Correlation(Deviations * deviation));
    }

    /// <summary>The mutual information of three bits of each sample, bits.</summary>
    private static double Bits(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, int shift, int drop)
    {
        Span<int> both = stackalloc int[Cells * Cells];
        Span<int> ofX = stackalloc int[Cells];
        Span<int> ofY = stackalloc int[Cells];
        both.Clear();
        ofX.Clear();
        ofY.Clear();
        for (var i = 0; i < x.Length; i++)
        {
            var at = i + shift;
            var (a, b) = ((x[i] >> drop) % Cells, (y[at < y.Length ? at : at - y.Length] >> drop) % Cells);
            both[(a * Cells) + b]++;
            ofX[a]++;
            ofY[b]++;
        }

        double bits = 0;
        for (var i = 0; i < both.Length; i++)
        {
            if (both[i] > 0)
                bits += both[i] * Math.Log2((double)both[i] * x.Length / ((double)ofX[i / Cells] * ofY[i % Cells]));
        }

        return bits / x.Length;
    }
}
