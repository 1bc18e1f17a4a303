using System.Text.Json.Nodes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Pools;

public sealed class PoolCommandTests
{
    [Fact]
    public void Pool_OfLivelySources_GivesTheAccountOfItsBlocks()
    {
        var run = RunOf.Program(
            input: null,
            Machine.OfPool(Machine.Lively),
            "pool",
            "--sources",
            Machine.Nothing,
            "--blocks",
            "3",
            "--time",
            "60",
            "--json"
        );

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        var body = JsonNode.Parse(run.Out)!;
        Assert.True((int)body["blocks"]!["produced"]! >= 3);
        Assert.True((double)body["conditioner"]!["assessed_bits_in"]! >= 3 * (double)body["conditioner"]!["block_requirement_bits"]!);
        Assert.Equal(
            ["one", "three", "two"],
            body["credit"]!.AsArray().Select(source => (string?)source!["name"]).Order(StringComparer.Ordinal)
        );
        Assert.NotNull(body["deviations"]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(120)]
    public void Pool_ForPeople_FitsTheTerminal(int width)
    {
        var machine = Machine.OfPool(Machine.Lively);

        var run = RunOf.Program(
            input: null,
            console => machine(console) with { Width = width },
            "pool",
            "--sources",
            Machine.Nothing,
            "--blocks",
            "1",
            "--time",
            "60"
        );

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("three", run.Out, StringComparison.Ordinal);
        Assert.Contains("SHA-384", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Pool_OfStuckSources_SaysThatNoBlockCame()
    {
        var run = RunOf.Program(
            input: null,
            Machine.OfPool(() => [new ScriptedNoiseSource("one", _ => 0), new ScriptedNoiseSource("two", _ => 0)]),
            "pool",
            "--sources",
            Machine.Nothing,
            "--time",
            "0.2"
        );

        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
        Assert.Contains("blocks produced", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("openentropy: No block came in 0.2 s: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }
}
