using OpenEntropy.Fuzz.Parsers;
using Xunit;

namespace OpenEntropy.Cli.Tests.Fuzz;

public sealed class TargetTrialTests
{
    [Fact]
    public void Run_ParserThatFailsOnOneByte_FindsItAndTellsTheSmallestInput()
    {
        var report = new StringWriter();
        var target = new ParserTarget(
            "broken",
            (byte[] input) => _ = input.Contains((byte)'!') ? throw new FormatException("it fails") : 0,
            "abc"u8.ToArray()
        );

        var findings = new TargetHunt(1, report).Run([target], from: 0, tries: 5000, Timeout.InfiniteTimeSpan);

        Assert.Equal(1, findings);
        Assert.Contains("FormatException", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  !\n", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FindFault_RefusalBrokenRuleAndMuchMemory_TellsTheLatterTwo()
    {
        var target = new ParserTarget(
            "three",
            input =>
                _ = input.Length switch
                {
                    1 => throw new FormatException("refused"),
                    2 => throw new BrokenRuleException("it cannot be"),
                    3 => new byte[10_000].Length,
                    _ => 0,
                },
            new byte[] { 1 }
        )
        {
            Refusals = [typeof(FormatException)],
            MostMemory = 5000,
        };

        Assert.Null(TargetTrial.FindFault(target, [], out _));
        Assert.Null(TargetTrial.FindFault(target, new byte[1], out _));
        Assert.Contains("it cannot be", TargetTrial.FindFault(target, new byte[2], out _), StringComparison.Ordinal);
        Assert.Contains("too much", TargetTrial.FindFault(target, new byte[3], out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_SameSeedAndNumber_IsTheSame()
    {
        foreach (var target in ParserTargets.All)
        {
            for (var number = 0; number < 20; number++)
                Assert.Equal(TargetTrial.Input(target, 3, number), TargetTrial.Input(target, 3, number));
        }
    }
}
