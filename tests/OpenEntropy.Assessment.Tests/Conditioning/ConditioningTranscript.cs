using System.Globalization;
using OpenEntropy.Assessment.Conditioning;

namespace OpenEntropy.Assessment.Tests.Conditioning;

/// <summary>Results in the words of NIST's ea_conditioning, to be compared with what it printed.</summary>
internal static class ConditioningTranscript
{
    /// <summary>What the tool prints for a command line.</summary>
    public static string Of(string arguments)
    {
        var parts = arguments.Split(' ');
        var numbers = parts[1..].Select(part => decimal.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var (inputBits, outputBits, width, inputEntropy) = ((int)numbers[0], (int)numbers[1], (int)numbers[2], numbers[3]);
        var result =
            parts[0] == "-v"
                ? ConditioningEntropy.Vetted(inputBits, outputBits, width, inputEntropy)
                : ConditioningEntropy.NotVetted(inputBits, outputBits, width, inputEntropy, numbers[4]);
        return string.Join('\n', Lines(arguments, result));
    }

    private static IEnumerable<string> Lines(string arguments, ConditionedEntropy result)
    {
        yield return arguments;
        yield return $"n_in = {result.InputBits}";
        yield return $"n_out = {result.OutputBits}";
        yield return $"nw = {result.Width}";
        yield return $"h_in = {result.InputEntropy}";
        if (!result.IsVetted)
            yield return $"h' = {result.EntropyPerBit}";
        yield return $"Output_Entropy(*) = {result.OutputEntropy}"
            + (result.IsCloseToOutputBits ? $"; Close to n_out (epsilon = 2^(-{result.OutputEpsilonExponent}))" : "")
            + (result.IsCloseToInputEntropy ? $"; Close to h_in (epsilon = 2^(-{result.InputEpsilonExponent}))" : "")
            + (result.IsCloseToWidth ? $"; Close to nw (epsilon = 2^(-{result.WidthEpsilonExponent}))" : "");
        if (!result.IsVetted)
        {
            yield return $"0.999 * n_out = {result.UnvettedBound}";
            yield return $"h' * n_out = {result.StatisticalBound}";
            yield return $"(Non-vetted) h_out = {result.EntropyOfOutput}";
            yield break;
        }

        yield return $"(Vetted) h_out = {result.EntropyOfOutput}";
        var label =
            $": FIPS 140-3 IG D.K Resolution 19 Full Entropy if the conditioning component security strength is >= {result.OutputBits}";
        if (result.EntropyOfOutput.RoundedDown > 0.999 * result.OutputBits)
            yield return $"epsilon = 2^(-{result.OutputEpsilonExponent})" + (result.IsFullEntropy ? label : "");
    }
}
