using System.Security.Cryptography;
using OpenEntropy.Assessment.Restart;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>
/// The restart test beside what NIST's <c>ea_restart</c> 1.1.7 printed of data made by formula (built like the program of <c>NonIid.txt</c>). Its
/// cutoff is simulated from a seed that it draws, and so may be a count beside ours.
/// </summary>
public sealed class RestartKnownAnswerTests
{
    /// <summary>Name, SHA-256, H_I, X_cutoff, X_r, X_c, and H_r, H_c where the source was sane.</summary>
    public static TheoryData<string, string, double, int, int, int, double?, double?> Restarts =>
        new()
        {
            {
                "bytes-lowbyte",
                "834980f6c2c89acc69b541882de112afd02c907e02b10a68274f7198fad4145f",
                2,
                316,
                246,
                244,
                2.230149450219153,
                2.2275298000473875
            },
            {
                "bits-biased60",
                "9bb01ce8e6df29e89f7238f1de5790dbdc5084966794812653a9d20c11af8563",
                0.7,
                683,
                646,
                655,
                0.52512435864320095,
                0.52205083833877663
            },
            {
                "nibbles-markov",
                "f7be702cc2429614e0c07f6a5c62f9a4df0031b7a2f21614c221faf9682c92a7",
                0.9,
                605,
                123,
                96,
                0.99680244910559979,
                1.7607551261755885
            },
            { "bytes-same-rows", "d2a730a214f4919ac61e628ca92b3474a54037c332b8fdd88da517e507265d4e", 4, 104, 10, 1000, null, null },
        };

    [Theory]
    [MemberData(nameof(Restarts))]
    public void Run_OfDataMadeByFormula_GivesTheVerdictOfNistsTool(
        string name,
        string sha256,
        double initialEntropy,
        int cutoff,
        int rowMaximum,
        int columnMaximum,
        double? rowEntropy,
        double? columnEntropy
    )
    {
        var samples = FormulaRestarts.Rows(name);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(samples)));

        var result = RestartTest.Run(
            RestartData.FromRows(samples),
            initialEntropy,
            new RestartOptions { SimulationRounds = RestartOptions.FewestSimulationRounds }
        );

        Assert.InRange(result.Cutoff, cutoff - 2, cutoff + 2);
        Assert.Equal((rowMaximum, columnMaximum), (result.RowMaximum, result.ColumnMaximum));
        Assert.Equal(rowEntropy is not null, result.IsSane);
        Assert.Equal((rowEntropy, columnEntropy), (result.RowEntropy, result.ColumnEntropy));
        var least = Math.Min(rowEntropy ?? 0, columnEntropy ?? 0);
        Assert.Equal(least >= initialEntropy / 2, result.IsPassed);
        Assert.Equal(least >= initialEntropy / 2 ? Math.Min(least, initialEntropy) : null, result.ValidatedEntropy);
    }
}
