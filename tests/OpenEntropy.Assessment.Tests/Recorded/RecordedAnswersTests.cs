using System.Security.Cryptography;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Recorded;

public sealed class RecordedAnswersTests
{
    public static TheoryData<string> DataSets => [.. FormulaData.Names];

    public static TheoryData<string> Sequences => [.. FormulaBits.Names];

    [Theory]
    [MemberData(nameof(DataSets))]
    public void Samples_OfEachName_AreThoseTheToolSaw(string name) =>
        Assert.Equal(RecordedAnswers.NonIid[name]["SHA-256"], Convert.ToHexStringLower(SHA256.HashData(FormulaData.Samples(name))));

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Sequence_OfEachName_IsTheOneTestedByNistsCode(string name) =>
        Assert.Equal(RecordedAnswers.Sp80022[name]["SHA-256"], Convert.ToHexStringLower(SHA256.HashData(FormulaBits.Sequence(name))));

    [Fact]
    public void Names_OfBothFiles_AreThoseOfTheFormulas()
    {
        Assert.Equal(FormulaData.Names.Order(StringComparer.Ordinal), RecordedAnswers.NonIid.Names.Order(StringComparer.Ordinal));
        Assert.Equal(FormulaBits.Names.Order(StringComparer.Ordinal), RecordedAnswers.Sp80022.Names.Order(StringComparer.Ordinal));
    }
}
