using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

public sealed class NonOverlappingTemplateTests
{
    /// <summary>The numbers of templates that NIST's program lists.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 6)]
    [InlineData(5, 12)]
    [InlineData(6, 20)]
    [InlineData(7, 40)]
    [InlineData(8, 74)]
    [InlineData(9, 148)]
    [InlineData(10, 284)]
    [InlineData(11, 568)]
    [InlineData(12, 1116)]
    [InlineData(13, 2232)]
    [InlineData(14, 4424)]
    [InlineData(15, 8848)]
    [InlineData(16, 17622)]
    public void OfLength_AnyLength_HasNistsNumberInAscendingOrder(int length, int expected)
    {
        var templates = AperiodicTemplates.OfLength(length);

        Assert.Equal(expected, templates.Count);
        Assert.Equal(templates.Order(), templates);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void Run_OfAnyBits_CountsAsThePublicationsSearchThatJumps(int m)
    {
        foreach (var kind in BitSources.Kinds)
        {
            var bits = BitSources.Bits(kind, 21_003, 1);
            var options = new RandomnessOptions { NonOverlappingTemplateLength = m };

            var result = new NonOverlappingTemplateTest().Run(BitSequence.FromBits(bits), options);

            Assert.Equal(AperiodicTemplates.OfLength(m).Count, result.PValues.Count);
            foreach (var (name, pValue) in result.PValues)
            {
                var chiSquared = ReferenceChiSquared(bits, name.Select(digit => (byte)(digit - '0')).ToArray());
                Assert.Equal(chiSquared, Statistic(result, "Chi^2 of " + name), 1e-9 * chiSquared);
                Assert.InRange(pValue, 0, 1);
            }
        }
    }

    [Fact]
    public void Run_OfPlantedTemplate_FailsForItOnly()
    {
        var bits = BitSources.Bits("fair", 100_000, 11);
        for (var i = 0; i < bits.Length; i += 100)
            ((byte[])[0, 0, 1, 0, 1, 1, 0, 1, 1]).CopyTo(bits, i);

        var result = new NonOverlappingTemplateTest().Run(BitSequence.FromBits(bits), new RandomnessOptions());

        Assert.Equal("001011011", result.PValues.MinBy(pValue => pValue.Value).Name);
        Assert.InRange(result.PValues.Min(pValue => pValue.Value), 0, 1e-20);
    }

    /// <summary>284 templates of 10 bits, 568 of 11: NIST's program takes the first 148 of the one and every third of the other.</summary>
    [Theory]
    [InlineData(10, 148, "0000000011", "0111111111")]
    [InlineData(11, 148, "00000000111", null)]
    public void Run_OfLongTemplates_ReportsAsManyAsNistsProgram(int m, int expected, string second, string? last)
    {
        var bits = BitSequence.FromBits(BitSources.Bits("fair", 100_000, 12));
        var options = new RandomnessOptions { NonOverlappingTemplateLength = m, Mode = Sp80022Mode.Sts212 };

        var names = new NonOverlappingTemplateTest().Run(bits, options).PValues.Select(pValue => pValue.Name).ToList();

        Assert.Equal(expected, names.Count);
        Assert.Equal(second, names[1]);
        Assert.True(last is null || names.Contains(last), "The template is missing.");
        Assert.True(
            new NonOverlappingTemplateTest().Run(bits, options with { Mode = Sp80022Mode.Corrected }).PValues.Count is 284 or 568,
            "The corrected mode reports all."
        );
    }

    [Theory]
    [InlineData(Sp80022Mode.Corrected, 20_543, "20,544")]
    [InlineData(Sp80022Mode.Sts212, 71, "72")]
    public void Run_OfTooFewBits_SaysHowManyAreNeeded(Sp80022Mode mode, int length, string needed)
    {
        var test = new NonOverlappingTemplateTest();

        var result = test.Run(BitSequence.FromBits(BitSources.Bits("fair", length, 13)), new RandomnessOptions { Mode = mode });

        Assert.Empty(result.PValues);
        Assert.Contains(needed, result.Inapplicable, StringComparison.Ordinal);
        Assert.Null(
            test.Run(BitSequence.FromBits(BitSources.Bits("fair", length + 1, 13)), new RandomnessOptions { Mode = mode }).Inapplicable
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void Options_OfLengthOutOfRange_NameItAndTheRange(int m)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions { NonOverlappingTemplateLength = m });

        Assert.Contains("NonOverlappingTemplateLength is 2 to 16", exception.Message, StringComparison.Ordinal);
    }

    private static double Statistic(RandomnessTestResult result, string name) =>
        result.Statistics.Single(statistic => statistic.Name == name).Value;

    /// <summary>2.7.4 to the letter: where the template is found, the search goes on behind it.</summary>
    private static double ReferenceChiSquared(byte[] bits, byte[] template)
    {
        var m = template.Length;
        var blockLength = bits.Length / 8;
        var mean = (blockLength - m + 1) / Math.Pow(2, m);
        var variance = blockLength * ((1 / Math.Pow(2, m)) - (((2 * m) - 1) / Math.Pow(2, 2 * m)));
        var chiSquared = 0.0;
        for (var block = 0; block < 8; block++)
        {
            var count = 0;
            for (var at = 0; at <= blockLength - m; at++)
            {
                if (!bits.AsSpan((block * blockLength) + at, m).SequenceEqual(template))
                    continue;
                count++;
                at += m - 1;
            }

            chiSquared += Math.Pow(count - mean, 2) / variance;
        }

        return chiSquared;
    }
}
