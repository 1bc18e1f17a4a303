using System.Numerics;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Falcon.Sampling;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon.Sampling;

public class IntegerSamplerTests
{
    // The specification v1.2, Table 3.2: test vectors for SamplerZ with σ_min = 1.277833697. Every byte is used.
    [Theory]
    [InlineData(-91.90471153063714, 1.7037990414754918, "0FC5442FF043D66E91D1EACAC64EA5450A22941EDC6C", -92)]
    [InlineData(-8.322564895434937, 1.7037990414754918, "F4DA0F8D8444D1A77265C2EF6F98BBBB4BEE7DB8D9B3", -8)]
    [InlineData(-19.096516109216804, 1.7035823083824078, "DB47F6D7FB9B19F25C36D6B9334D477A8BC0BE68145D", -20)]
    [InlineData(
        -11.335543982423326,
        1.7035823083824078,
        "AE41B4F5209665C74D00DCC1A8168A7BB516B3190CB42C1DED26CD52AED770ECA7DD334E0547BCC3C163CE0B",
        -12
    )]
    [InlineData(7.9386734193997555, 1.6984647769450156, "31054166C1012780C603AE9B833CEC73F2F41CA5807CC89C92158834632F9B1555", 8)]
    [InlineData(-28.990850086867255, 1.6984647769450156, "737E9D68A50A06DBBC6477", -30)]
    [InlineData(-9.071257914091655, 1.6980782114808988, "A98DDD14BF0BF22061D632", -10)]
    [InlineData(-43.88754568839566, 1.6980782114808988, "3CBF6818A68F7AB9991514", -41)]
    [InlineData(-58.17435547946095, 1.7010983419195522, "6F8633F5BFA5D26848668E3D5DDD46958E97630410587C", -61)]
    [InlineData(-43.58664906684732, 1.7010983419195522, "272BC6C25F5C5EE53F83C43A361FBC7CC91DC783E20A", -46)]
    [InlineData(-34.70565203313315, 1.7009387219711465, "45443C59574C2C3B07E2E1D9071E6D133DBE32754B0A", -34)]
    [InlineData(
        -44.36009577368896,
        1.7009387219711465,
        "6AC116ED60C258E2CBAEAB728C4823E6DA36E18D08DA5D0CC104E21CC7FD1F5CA8D9DBB675266C928448059E",
        -44
    )]
    [InlineData(-21.783037079346236, 1.6958406126012802, "68163BC1E2CBF3E18E7426", -23)]
    [InlineData(-39.68827784633828, 1.6958406126012802, "D6A1B51D76222A705A0259", -40)]
    [InlineData(-18.488607061056847, 1.6955259305261838, "F0523BFAA8A394BF4EA5C10F842366FDE286D6A30803", -22)]
    [InlineData(-48.39610939101591, 1.6955259305261838, "87BD87E63374CEE62127FC6931104AAB64F136A0485B", -50)]
    public void Next_PublishedRandomness_GivesThePublishedInteger(double center, double deviation, string random, int expected)
    {
        const byte Marker = 0x5A;
        var script = Convert.FromHexString(random);
        using var bytes = new SamplerBytes(target =>
        {
            target.Fill(Marker + 1);
            script.CopyTo(target);
            target[script.Length] = Marker;
        });
        var sampler = new IntegerSampler(bytes, FalconParameters.Falcon512.SigmaMin);

        Assert.Equal(expected, sampler.Next(center, 1 / deviation));
        Assert.Equal(Marker, bytes.Next8());
    }

    [Fact]
    public void BaseTable_OfTheSpecification_IsTheHalfGaussian()
    {
        // Table 3.1, the column RCDT.
        string[] published =
        [
            "3024686241123004913666",
            "1564742784480091954050",
            "636254429462080897535",
            "199560484645026482916",
            "47667343854657281903",
            "8595902006365044063",
            "1163297957344668388",
            "117656387352093658",
            "8867391802663976",
            "496969357462633",
            "20680885154299",
            "638331848991",
            "14602316184",
            "247426747",
            "3104126",
            "28824",
            "198",
            "1",
        ];
        var table = IntegerSampler.BaseTable.ToArray();
        Assert.Equal(2 * published.Length, table.Length);
        var weights = Enumerable
            .Range(0, 40)
            .Select(k => Math.Exp(-k * k / (2 * FalconParameters.SigmaMax * FalconParameters.SigmaMax)))
            .ToArray();
        for (var i = 0; i < published.Length; i++)
        {
            var entry = ((BigInteger)table[2 * i] << 36) + table[(2 * i) + 1];
            Assert.Equal(BigInteger.Parse(published[i], null), entry);
            var tail = weights.Skip(i + 1).Sum() / weights.Sum();
            Assert.Equal(tail, Math.ScaleB((double)entry, -72), Math.Max(tail * 1e-9, Math.ScaleB(1, -71)));
        }
    }

    [Fact]
    public void ApproximateExp_WholeRange_IsWithinTheSpecifiedPrecision()
    {
        for (var x = 0.0; x < 0.6931; x += 0.0007)
        for (var scale = 0.7; scale < 1; scale += 0.0371)
        {
            var expected = scale * Math.Exp(-x);
            Assert.Equal(expected, Math.ScaleB(IntegerSampler.ApproximateExp(x, scale), -63), expected * Math.ScaleB(1, -43));
        }
    }

    [Theory]
    [InlineData(0.0, 1.2779)]
    [InlineData(0.5, 1.5)]
    [InlineData(-0.25, 1.7)]
    [InlineData(12345.678, 1.8205)]
    [InlineData(-98765.999, 1.3)]
    [InlineData(3.0, 1.82)]
    public void Next_ManySamples_FollowTheDiscreteGaussian(double center, double deviation)
    {
        const int Samples = 200_000;
        using var stream = new ShakeStream(FalconCases.Bytes($"sampler {center} {deviation}", 56));
        using var bytes = new SamplerBytes(stream.Fill);
        var sampler = new IntegerSampler(bytes, FalconParameters.Falcon512.SigmaMin);
        var samples = Enumerable.Range(0, Samples).Select(_ => sampler.Next(center, 1 / deviation)).ToArray();

        // The same samples must not pass for a distribution that is slightly wider, or a little beside.
        Assert.True(ChiSquared.Excess(samples, center, deviation) < 5);
        Assert.True(ChiSquared.Excess(samples, center, deviation * 1.015) > 5);
        Assert.True(ChiSquared.Excess(samples, center + 0.04, deviation) > 5);
    }
}
