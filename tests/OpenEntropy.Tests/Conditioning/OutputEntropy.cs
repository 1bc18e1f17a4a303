namespace OpenEntropy.Tests.Conditioning;

/// <summary>SP 800-90B, 3.1.5.1.2: Output_Entropy(n_in, n_out, nw, h_in), in logarithms to base 2, since 2^n_in is no double.</summary>
/// <param name="InputBits">n_in.</param>
/// <param name="OutputBits">n_out.</param>
/// <param name="Width">nw, the narrowest internal width.</param>
/// <param name="InputEntropy">h_in.</param>
internal sealed record OutputEntropy(int InputBits, int OutputBits, int Width, double InputEntropy)
{
    private int N => Math.Min(OutputBits, Math.Min(Width, InputBits));

    /// <summary>log2 P_low, where P_low = (1 − 2^−h_in) / (2^n_in − 1).</summary>
    private double Low => Log2OneMinus(InputEntropy) - InputBits - Log2OneMinus(InputBits);

    /// <summary>−log2(max(ψ, ω)), bits.</summary>
    public double Bits
    {
        get
        {
            var psi = Log2Sum(InputBits - N + Low, -InputEntropy);
            var square = 1 + Math.Log2(N) + (InputBits - N) + Math.Log2(Math.Log(2));
            var omega = Log2Sum(InputBits - N, square / 2) + Low;
            return -Math.Max(psi, omega);
        }
    }

    /// <summary>
    /// log2 of ε where the result is (1 − ε) n_out and n = n_out: 2^n ψ = 1 + δ gives ε n_out = log2(1 + δ), and so for ω.
    /// </summary>
    public double Log2Epsilon
    {
        get
        {
            var low = (Math.Pow(2, -InputBits) - Math.Pow(2, -InputEntropy)) / (1 - Math.Pow(2, -InputBits));
            var psi = Math.Pow(2, N - InputEntropy) + low;
            var root = Math.Sqrt(2 * N * Math.Log(2) * Math.Pow(2, N - InputBits));
            var omega = root + (low * (1 + root));
            return Math.Log2(LogOnePlus(Math.Max(psi, omega)) / Math.Log(2) / OutputBits);
        }
    }

    private static double Log2OneMinus(double exponent) => LogOnePlus(-Math.Pow(2, -exponent)) / Math.Log(2);

    private static double Log2Sum(double a, double b) => Math.Max(a, b) + (LogOnePlus(Math.Pow(2, -Math.Abs(a - b))) / Math.Log(2));

    /// <summary>ln(1 + x), by its series where 1 + x would lose x.</summary>
    private static double LogOnePlus(double x) => Math.Abs(x) < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);
}
