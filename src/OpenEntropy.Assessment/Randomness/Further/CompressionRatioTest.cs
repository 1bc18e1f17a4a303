namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Does DEFLATE make the bytes smaller? Hardly any of independent, unbiased bits: with probability 2^(−s) at most by s bits, which is the p-value
/// of <see cref="CodeLength"/>. Good sequences come out a little larger than they went in, with p = 1.
/// </summary>
internal sealed class CompressionRatioTest : RandomnessTest
{
    public override string Name => "Compression ratio";

    public override string Source => "Cover and Thomas, Elements of Information Theory, 5.11";

    public override PValueKind Kind => PValueKind.Bound;

    public override int MinimumBits => 256;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var bytes = SequenceValues.Bytes(bits, options.Checkpoint);
        var length = CodeLength.Deflate(bytes, options.Checkpoint);
        return Applied(
            CodeLength.PValue(length, 8L * bytes.Length),
            new Statistic("ratio", length / (8.0 * bytes.Length)) { Unit = "compressed bits per bit", Ideal = 1 }
        );
    }
}
