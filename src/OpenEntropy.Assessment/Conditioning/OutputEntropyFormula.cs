namespace OpenEntropy.Assessment.Conditioning;

/// <summary>
/// SP 800-90B, 3.1.5.1.2: Output_Entropy(n_in, n_out, nw, h_in) = −log2(max(ψ, ω)). It is never formed as 2^n_in: with n = min(n_out, nw, n_in),
/// 2^n ψ = 1 + δ_ψ and 2^n ω = 1 + δ_ω are near one wherever the result is near n, so that n − log2(1 + δ) and every distance from a bound is had
/// to the full relative precision.
/// </summary>
internal sealed class OutputEntropyFormula
{
    private const int GuardBits = 320;

    private readonly BigFloatArithmetic _arithmetic;
    private readonly long _n;

    /// <summary>log2(1 + δ) = n − Output_Entropy.</summary>
    private readonly BigFloat _deficit;

    /// <summary>h_in − Output_Entropy.</summary>
    private readonly BigFloat _loss;

    /// <summary>Computes it.</summary>
    /// <param name="inputBits">n_in, 1 at least.</param>
    /// <param name="outputBits">n_out, 1 at least.</param>
    /// <param name="width">nw, 1 to n_in.</param>
    /// <param name="inputEntropy">h_in, above 0, at most n_in.</param>
    public OutputEntropyFormula(long inputBits, long outputBits, long width, BigFloat inputEntropy)
    {
        // The smaller h_in, the more of 1 − 2^−h_in cancels.
        var precision = GuardBits + (int)Math.Max(0, -inputEntropy.Top);
        _arithmetic = new BigFloatArithmetic(precision);
        // Step 2.
        _n = Math.Min(outputBits, width);

        // Step 1. P_high = 2^−h_in; 2^n_in P_low = (1 − 2^−h_in) / (1 − 2^−n_in) = 1 + a, where −1 < a ≤ 0.
        var one = BigFloat.From(1);
        var high = _arithmetic.TwoToMinus(inputEntropy);
        var space = BigFloat.PowerOfTwo(-inputBits);
        var spaceLeft = _arithmetic.Add(one, space * -1);
        var a = _arithmetic.Divide(_arithmetic.Add(space, high * -1), spaceLeft);
        var low = _arithmetic.Divide(_arithmetic.Add(one, high * -1), spaceLeft);

        // Step 3. ψ = 2^(n_in−n) P_low + P_high: δ_ψ = a + 2^n P_high.
        var deltaPsi = _arithmetic.Add(a, high with { Exponent = high.Exponent + _n });

        // Steps 4 and 5. U = 2^(n_in−n) (1 + b), b = √(2n ln 2 / 2^(n_in−n)); ω = U P_low: δ_ω = a + b (1 + a).
        var b = _arithmetic.SquareRoot(
            _arithmetic.Multiply(_arithmetic.LogTwo, BigFloat.From(2 * _n)) * BigFloat.PowerOfTwo(_n - inputBits)
        );
        var deltaOmega = _arithmetic.Add(a, _arithmetic.Multiply(b, low));

        // Step 6. −log2 of the greater, which is a probability: at most 1.
        var isPsi = deltaPsi.OrderTo(deltaOmega) >= 0;
        _deficit = _arithmetic.LogTwoOfOnePlus(isPsi ? deltaPsi : deltaOmega);
        var result = _arithmetic.Add(BigFloat.From(_n), _deficit * -1);
        if (result.Sign <= 0 || result.Top < GuardBits / 4 - precision)
            (result, _deficit) = (BigFloat.From(0), BigFloat.From(_n));
        Result = result;

        // h_in − result: where ψ decides, log2(2^h_in ψ) = log2(1 + 2^(h_in−n) (1 + a)) keeps what the subtraction would lose.
        var share = _arithmetic.Divide(low with { Exponent = low.Exponent - _n }, high);
        _loss = isPsi && Result.Sign > 0 ? _arithmetic.LogTwoOfOnePlus(share) : _arithmetic.Add(inputEntropy, Result * -1);
    }

    /// <summary>Output_Entropy, bits, with some 300 significant bits.</summary>
    public BigFloat Result { get; }

    /// <summary>−log2 ε where the result is (1 − ε) times a number of bits, n at least.</summary>
    public BigFloat EpsilonExponentOf(long bits) =>
        EpsilonExponent(_arithmetic.Add(BigFloat.From(bits - _n), _deficit), BigFloat.From(bits));

    /// <summary>−log2 ε where the result is (1 − ε) h_in.</summary>
    public BigFloat EpsilonExponentOfInput(BigFloat inputEntropy) => EpsilonExponent(_loss, inputEntropy);

    /// <summary>log2(whole / missing).</summary>
    private BigFloat EpsilonExponent(BigFloat missing, BigFloat whole)
    {
        var ratio = _arithmetic.Divide(whole, missing);
        var excess = _arithmetic.Add(ratio, BigFloat.From(-1));
        return excess.Sign > 0 ? _arithmetic.LogTwoOfOnePlus(excess) : BigFloat.From(0);
    }
}
