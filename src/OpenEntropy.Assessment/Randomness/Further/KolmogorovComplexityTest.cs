namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Has the sequence a description shorter than itself? Its Kolmogorov complexity cannot be computed, only bounded from above: here by the shortest
/// of four descriptions, DEFLATE and Brotli of the bytes and of their differences, and two bits to say which. As a code of its own it has the
/// p-value of <see cref="CodeLength"/>.
/// </summary>
internal sealed class KolmogorovComplexityTest : RandomnessTest
{
    private const int BitsToSayWhich = 2;

    public override string Name => "Kolmogorov complexity, upper bound";

    public override string Source => "Li and Vitányi, An Introduction to Kolmogorov Complexity, 2.4";

    public override PValueKind Kind => PValueKind.Bound;

    public override int MinimumBits => 256;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var bytes = SequenceValues.Bytes(bits, options.Checkpoint);
        var differences = new byte[bytes.Length];
        differences[0] = bytes[0];
        for (var i = 1; i < bytes.Length; i++)
        {
            differences[i] = (byte)(bytes[i] - bytes[i - 1]);
            if (i % SequenceValues.ValuesPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var length =
            BitsToSayWhich
            + Math.Min(
                Math.Min(CodeLength.Deflate(bytes, options.Checkpoint), CodeLength.Brotli(bytes, options.Checkpoint)),
                Math.Min(CodeLength.Deflate(differences, options.Checkpoint), CodeLength.Brotli(differences, options.Checkpoint))
            );
        return Applied(
            CodeLength.PValue(length, 8L * bytes.Length),
            new Statistic("complexity, at most", length / (8.0 * bytes.Length)) { Unit = "bits per bit", Ideal = 1 }
        );
    }
}
