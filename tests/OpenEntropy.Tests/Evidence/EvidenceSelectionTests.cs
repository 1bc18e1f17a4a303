using OpenEntropy.Evidence;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Tests.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

[Collection(HardwareAlone.Name)]
public sealed class EvidenceSelectionTests
{
    [Theory]
    [InlineData("fast", "record", "fast")]
    [InlineData("SLOW", "table", "claimed, SLOW", "--output", "-")]
    [InlineData("slow", "correlate", "fas*,slow", "--output", "-")]
    [InlineData("fast", "switch", "disk_io,fast,slow")]
    public void Run_WithASpeed_SaysThatNobodyKnowsItHere(string word, params string[] args)
    {
        var (code, _, error) = Run(args);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal(
            $"evidence: '{word}' selects nothing here: how fast a source is, is measured while the service runs; "
                + $"name sources, categories, globs, all or claimed{Environment.NewLine}",
            error
        );
    }

    [Fact]
    public void Run_OfATable_SaysTheCommandThatMadeIt()
    {
        var (code, output, _) = Run(
            "table",
            "--samples",
            "1024",
            "speculative_exec*",
            "--setting",
            "tcp_connect_timing:Target=192.0.2.1:9",
            "--output",
            "-"
        );

        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains(
            "Evidence -- table 'speculative_exec*' --setting tcp_connect_timing:Target=192.0.2.1:9 --samples 1024 --rounds 1 --seconds-at-most 600\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Run_OfACorrelation_SaysTheCommandThatMadeIt()
    {
        var (code, output, _) = Run(
            "correlate",
            "speculative_execution,dram_row_buffer",
            "--seconds",
            "0.02",
            "--storage",
            "/tmp",
            "--output",
            "-"
        );

        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains(
            "Evidence -- correlate speculative_execution,dram_row_buffer --storage /tmp --seconds 0.02\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("a,b.c", "a,b.c")]
    [InlineData("a*", "'a*'")]
    [InlineData("it's $HOME", "'it'\\''s $HOME'")]
    [InlineData("", "''")]
    public void Reproduction_OfAnArgument_IsQuotedForAShellWhereItMust(string argument, string quoted) =>
        Assert.EndsWith($" -- {quoted}", Reproduction.Command(argument), StringComparison.Ordinal);

    private static (int Code, string Out, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = EvidenceCommand.Run(args, new EvidenceConsole(output, error, TimeProvider.System));
        return (code, output.ToString(), error.ToString());
    }
}
