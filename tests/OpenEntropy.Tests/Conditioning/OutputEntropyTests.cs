using System.Globalization;
using System.Text.RegularExpressions;
using OpenEntropy.Conditioning;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Conditioning;

/// <summary>Why the requirement of n_out + 64 bits is enough: the formula of SP 800-90B, and what it gives for our blocks.</summary>
public sealed partial class OutputEntropyTests
{
    /// <summary>The largest claim any source may make, bits per 8-bit sample: it bounds n_in from below.</summary>
    private const double LargestClaim = 1.0 / 3;

    [Theory]
    [InlineData(512, 256, 256, 320, 256)]
    [InlineData(640, 256, 256, 319, 256)]
    [InlineData(512, 256, 256, 256, 255)]
    [InlineData(384, 384, 256, 300, 255.9999999999999179961)]
    [InlineData(1024, 512, 512, 576, 512)]
    [InlineData(128, 128, 128, 64, 64)]
    [InlineData(256, 256, 256, 128, 128)]
    [InlineData(8, 8, 8, 4, 3.917537839808027045262)]
    [InlineData(65, 64, 64, 60, 59.91253715874966059157)]
    public void Bits_KnownCalls_EqualTheReferenceTool(int inputBits, int outputBits, int width, double inputEntropy, double expected) =>
        Assert.Equal(expected, new OutputEntropy(inputBits, outputBits, width, inputEntropy).Bits, 1e-10);

    [Theory]
    [InlineData(512, 256, 320, -71.4712336270551)]
    [InlineData(640, 256, 319, -70.4712336270551)]
    [InlineData(1024, 512, 576, -72.4712336270551)]
    public void Log2Epsilon_KnownCalls_EqualTheReferenceTool(int inputBits, int outputBits, double inputEntropy, double expected) =>
        Assert.Equal(expected, new OutputEntropy(inputBits, outputBits, outputBits, inputEntropy).Log2Epsilon, 1e-10);

    [VectorFact]
    public void Bits_EveryRecordedCall_EqualsTheReferenceTool()
    {
        using var reader = new StreamReader(Vectors.Open("sp80090b/ea_conditioning.txt"));
        OutputEntropy? call = null;
        var compared = 0;
        while (reader.ReadLine() is { } line)
        {
            // Calls of other components (-n) are recorded too, and passed over.
            if (line.StartsWith('$'))
                call = CallLine().Match(line) is { Success: true } parameters ? Call(parameters) : null;
            if (call is null || ResultLine().Match(line) is not { Success: true } result)
                continue;
            Assert.Equal(Number(result, "bits"), call.Bits, 1e-10);
            if (result.Groups["epsilon"].Success)
                Assert.Equal(Number(result, "epsilon"), call.Log2Epsilon, 1e-10);
            compared++;
        }

        Assert.True(compared >= 8, $"only {compared} calls were found");
    }

    [Theory]
    [InlineData("SHA-256")]
    [InlineData("SHA-384")]
    [InlineData("SHA-512")]
    public void RequirementBits_OfEachLength_GiveFullEntropy(string hash)
    {
        using var conditioner = new Conditioner(new ConditioningOptions { Hash = hash }, ["one"], [], ScriptedBytes.Of(32, 0).CopyTo);
        var outputBits = conditioner.BlockBytes * 8;
        var inputBits = (int)(conditioner.RequirementBits / LargestClaim * 8);
        var entropy = new OutputEntropy(inputBits, outputBits, outputBits, conditioner.RequirementBits);
        Assert.Equal(outputBits, entropy.Bits, 1e-10);
        Assert.True(entropy.Log2Epsilon <= -64);

        // Of that margin nothing is to spare: 8 bits less, and ε is above 2^-64.
        Assert.True((entropy with { InputEntropy = conditioner.RequirementBits - 9 }).Log2Epsilon > -64);
    }

    private static OutputEntropy Call(Match parameters) =>
        new(Whole(parameters, "in"), Whole(parameters, "out"), Whole(parameters, "width"), Number(parameters, "entropy"));

    private static int Whole(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\$ ea_conditioning -v (?<in>\d+) (?<out>\d+) (?<width>\d+) (?<entropy>[\d.]+)$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex CallLine();

    [GeneratedRegex(
        @"^Output_Entropy\(\*\) = (?<bits>[\d.]+)(; Close to n_out \(epsilon = 2\^\((?<epsilon>-[\d.]+)\)\))?",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex ResultLine();
}
