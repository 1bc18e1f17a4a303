using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.Conditioning;

/// <summary>
/// SP 800-90B, 3.1.5: what entropy the output of a conditioning component has. Figures are given as decimals, read to 64 bits rounded toward zero as
/// NIST's tool reads them, or as doubles, taken exactly.
/// </summary>
public static class ConditioningEntropy
{
    /// <summary>Of a vetted component (3.1.5.1.2): HMAC, CMAC, CBC-MAC, an approved hash function, Hash_df or Block_Cipher_df.</summary>
    /// <param name="inputBits">n_in, 1 at least.</param>
    /// <param name="outputBits">n_out, 1 at least.</param>
    /// <param name="width">nw, the narrowest internal width, 1 at least; taken as n_in where it is wider.</param>
    /// <param name="inputEntropy">h_in, above 0, at most n_in.</param>
    /// <exception cref="AssessmentInputException">An argument is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public static ConditionedEntropy Vetted(int inputBits, int outputBits, int width, decimal inputEntropy) =>
        Compute(inputBits, outputBits, width, Read(inputEntropy, "h_in"), null);

    /// <inheritdoc cref="Vetted(int, int, int, decimal)"/>
    public static ConditionedEntropy Vetted(int inputBits, int outputBits, int width, double inputEntropy) =>
        Compute(inputBits, outputBits, width, Read(inputEntropy, "h_in"), null);

    /// <summary>Of any other component (3.1.5.2): min(Output_Entropy, 0.999 n_out, h' n_out).</summary>
    /// <param name="inputBits">n_in, 1 at least.</param>
    /// <param name="outputBits">n_out, 1 at least.</param>
    /// <param name="width">nw, the narrowest internal width, 1 at least; taken as n_in where it is wider.</param>
    /// <param name="inputEntropy">h_in, above 0, at most n_in.</param>
    /// <param name="entropyPerBit">h', what the estimators say of a bit of output, above 0, at most 1.</param>
    /// <exception cref="AssessmentInputException">An argument is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public static ConditionedEntropy NotVetted(int inputBits, int outputBits, int width, decimal inputEntropy, decimal entropyPerBit) =>
        Compute(inputBits, outputBits, width, Read(inputEntropy, "h_in"), Read(entropyPerBit, "h'"));

    /// <inheritdoc cref="NotVetted(int, int, int, decimal, decimal)"/>
    public static ConditionedEntropy NotVetted(int inputBits, int outputBits, int width, double inputEntropy, double entropyPerBit) =>
        Compute(inputBits, outputBits, width, Read(inputEntropy, "h_in"), Read(entropyPerBit, "h'"));

    /// <summary>0.999 n_out, the most that a component that is not vetted may be credited with.</summary>
    internal static ExtendedFigure OfOutput(int outputBits) =>
        ExtendedFigure.TowardZero(BigFloat.From(0.999m, ExtendedFigure.SignificantBits) * BigFloat.From(outputBits));

    private static ConditionedEntropy Compute(int inputBits, int outputBits, int width, BigFloat inputEntropy, BigFloat? entropyPerBit)
    {
        Require(inputBits > 0, $"n_in is {inputBits}: a conditioning component takes 1 bit at least.");
        Require(outputBits > 0, $"n_out is {outputBits}: a conditioning component gives 1 bit at least.");
        Require(width > 0, $"nw is {width}: a conditioning component's narrowest width is 1 bit at least.");
        var input = ExtendedFigure.TowardZero(inputEntropy);
        Require(
            input.Value.OrderTo(BigFloat.From(inputBits)) <= 0,
            $"h_in is {input}: {inputBits} bits of input (n_in) have at most as many bits of entropy."
        );
        Require(
            entropyPerBit is not { } given || given.OrderTo(BigFloat.From(1)) <= 0,
            $"h' is {(entropyPerBit is { } perBit ? ExtendedFigure.TowardZero(perBit) : null)}: a bit of output has at most 1 bit of entropy."
        );

        // Appendix E: what is wider than the input is no bottleneck.
        width = Math.Min(width, inputBits);
        var formula = new OutputEntropyFormula(inputBits, outputBits, width, inputEntropy);
        return new ConditionedEntropy
        {
            InputBits = inputBits,
            OutputBits = outputBits,
            Width = width,
            InputEntropy = input,
            EntropyPerBit = entropyPerBit is { } h ? ExtendedFigure.TowardZero(h) : null,
            OutputEntropy = ExtendedFigure.ToNearest(formula.Result),
            OutputEntropyAtLeast = ExtendedFigure.TowardZero(formula.Result).RoundedDown,
            UnvettedBound = entropyPerBit is null ? null : OfOutput(outputBits),
            StatisticalBound = entropyPerBit is { } bound ? ExtendedFigure.TowardZero(bound * BigFloat.From(outputBits)) : null,
            OutputEpsilonExponent = ExtendedFigure.TowardZero(formula.EpsilonExponentOf(outputBits)),
            InputEpsilonExponent = ExtendedFigure.TowardZero(formula.EpsilonExponentOfInput(inputEntropy)),
            WidthEpsilonExponent = ExtendedFigure.TowardZero(formula.EpsilonExponentOf(width)),
        };
    }

    private static BigFloat Read(decimal value, string name)
    {
        Require(value > 0, $"{name} is {value}: it must be above 0.");
        return BigFloat.From(value, ExtendedFigure.SignificantBits);
    }

    private static BigFloat Read(double value, string name)
    {
        Require(double.IsFinite(value) && value > 0, $"{name} is {value}: it must be a number above 0.");
        return BigFloat.From(value);
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new AssessmentInputException(message);
    }
}
