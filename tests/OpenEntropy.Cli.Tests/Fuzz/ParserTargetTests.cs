using OpenEntropy.Fuzz.Parsers;
using Xunit;

namespace OpenEntropy.Cli.Tests.Fuzz;

/// <summary>Every parser, a fixed number of torn inputs each and the inputs that one ever stumbled over; hunts are the program's, as CONTRIBUTING.md says.</summary>
public sealed class ParserTargetTests
{
    private const ulong Seed = 1;
    private const long Tries = 12_000;

    public static TheoryData<string> Names => [.. ParserTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_TornInputs_RefusesThemOrReadsWhatCanBe(string name)
    {
        var report = new StringWriter();

        var findings = new TargetHunt(Seed, report).Run([Target(name)], from: 0, Tries, Timeout.InfiniteTimeSpan);

        Assert.True(findings == 0, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_TheFirstOfItsCorpus_IsNoRefusal(string name) => Target(name).Parse([.. Target(name).Corpus[0]]);

    [Fact]
    public void Parse_KeptInputs_RefusesThemOrReadsWhatCanBe()
    {
        var kept = KeptInputs.Read(KeptInputs.Folder).ToList();

        Assert.NotEmpty(kept);
        Assert.All(
            kept,
            each => Assert.Null(TargetTrial.FindFault(Target(each.Target), each.Input, out _) is { } fault ? $"{each.File}: {fault}" : null)
        );
    }

    [Fact]
    public void Names_OfAllTargets_AreDistinct() => Assert.Distinct(ParserTargets.All.Select(target => target.Name));

    private static ParserTarget Target(string name) => ParserTargets.All.Single(target => target.Name == name);
}
