namespace OpenEntropy.Assessment.Quick;

/// <summary>
/// Shannon entropy from counts. The plug-in estimate −Σ p̂ log2 p̂ is too low by (K − 1) / (2 n ln 2) bits on average, K being the number of values
/// with any chance; Miller and Madow (1955) add that with the number of values seen for K, which corrects too little where many are unseen.
/// </summary>
/// <remarks>
/// The interval is Z standard deviations to both sides. Its variance is that of the delta method, (Σ p̂ ln² p̂ − Ĥ²) / n, which vanishes for a
/// uniform source, and so the next term of the expansion with it, (K − 1) / (2 n²) (Harris, 1975). In nats, squared. Near a maximum the entropy bends away from
/// its tangent: Z standard deviations along its gradient add Z² / (2 n) nats. Values that may not have been
/// seen could hold entropy too: their mass is below 1 − 0.005^(1/n) with 99.5 %, and what that could hold widens the upper end.
/// </remarks>
internal static class ShannonEntropy
{
    /// <param name="counts">How often each of the k values a sample may have occurs.</param>
    /// <param name="length">n, the number of samples.</param>
    public static QuickMetric Of(ReadOnlySpan<int> counts, int length)
    {
        var (sum, squares, seen) = (0.0, 0.0, 0);
        foreach (var count in counts)
        {
            if (count == 0)
                continue;
            var proportion = (double)count / length;
            var log = Math.Log(proportion);
            sum -= proportion * log;
            squares += proportion * log * log;
            seen++;
        }

        var most = Math.Log2(counts.Length);
        var plugIn = Math.Clamp(sum / Math.Log(2), 0, most);
        var corrected = plugIn + ((seen - 1) / (2.0 * length * Math.Log(2)));
        var variance = (Math.Max(0, squares - (sum * sum)) / length) + ((seen - 1) / (2.0 * length * length));
        const double z = Confidence.Z;
        var margin = ((z * Math.Sqrt(variance)) + (z * z / (2 * length))) / Math.Log(2);
        return new QuickMetric(
            "Shannon entropy",
            Math.Min(corrected, most),
            plugIn,
            Math.Clamp(corrected - margin, 0, most),
            Math.Clamp(corrected + margin + Unseen(counts.Length - seen, length), 0, most),
            length
        );
    }

    /// <summary>What values that were not seen can hold: mass u, spread evenly over them, adds h(u) + u log2 of their number.</summary>
    private static double Unseen(int values, int length)
    {
        if (values == 0)
            return 0;
        var mass = 1 - Math.Pow(0.005, 1.0 / length);
        return -(mass * Math.Log2(mass)) - ((1 - mass) * Math.Log2(1 - mass)) + (mass * Math.Log2(values));
    }
}
