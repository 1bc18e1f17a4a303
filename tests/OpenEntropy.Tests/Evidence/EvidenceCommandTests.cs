using OpenEntropy.Evidence;
using OpenEntropy.Tests.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

[Collection(HardwareAlone.Name)]
public sealed class EvidenceCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("record", "speculative_executio")]
    [InlineData("table", "speculative_executio", "--output", "-")]
    [InlineData("correlate", "speculative_executio", "--output", "-")]
    [InlineData("switch", "speculative_executio")]
    public void Run_WithASourceThatIsNone_NamesNearOnesAndExitsWithTwo(params string[] args)
    {
        var (code, _, error) = Run(args);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal(
            "evidence: 'speculative_executio' names no noise source and no category; near names: speculative_execution"
                + Environment.NewLine,
            error
        );
    }

    [Theory]
    [InlineData("--samples is 0, and can be 1 to 16777216.", "record", "os_rng", "--samples", "0")]
    [InlineData("--samples is 1000, and can be 1024 to 16777216.", "table", "--samples", "1000")]
    [InlineData("--seconds is 0, and can be 0.01..10.", "correlate", "--seconds", "0")]
    [InlineData("--rounds is many, and can be 1 to 1000000.", "switch", "--rounds", "many")]
    [InlineData("Required argument 'SELECTION' missing for command: 'record'.", "record")]
    [InlineData("--setting is SOURCE:SETTING=VALUE, not 'Target=x'", "record", "os_rng", "--setting", "Target=x")]
    [InlineData("no source has the setting 'os_rng:Target'", "record", "os_rng", "--setting", "os_rng:Target=x")]
    [InlineData("there is no directory for /nowhere/at/all.md", "matrix", "--output", "/nowhere/at/all.md")]
    [InlineData("a correlation is of two sources", "correlate", "os_rng", "--output", "-")]
    public void Run_WithWrongArguments_SaysWhyAndExitsWithTwo(string message, params string[] args)
    {
        var (code, _, error) = Run(args);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.StartsWith($"evidence: {message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RecordOfASource_WritesItsFilesAndSaysSo()
    {
        var (code, output, _) = Run("record", "os_rng", "--samples", "100", "--output", _directory.Path);

        Assert.Equal(ExitCodes.Success, code);
        Assert.StartsWith("os_rng: 100 samples, ", output, StringComparison.Ordinal);
        Assert.Contains("a measurement is a byte, so there is no wider file", output, StringComparison.Ordinal);
        Assert.Equal(100, new FileInfo(_directory.File("os_rng.bin")).Length);
    }

    [Fact]
    public void Run_RecordWhereNothingIsAvailable_SaysWhyAndExitsWithOne()
    {
        // Its file would be on tmpfs, where nothing reaches a device.
        var (code, output, _) = Run("record", "disk_io", "--storage", "/dev/shm", "--output", _directory.Path);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.StartsWith("disk_io: unavailable: ", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_directory.Path));
    }

    [Fact]
    public void Run_TableOfASource_SaysWhatWasMeasuredAndWhatNoFigureSays()
    {
        var (code, output, _) = Run("table", "page_fault_timing,os_rng", "--samples", "2000", "--rounds", "2", "--output", "-");

        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("\n| `page_fault_timing` | silicon | 1/3 | 2,000 | ", output, StringComparison.Ordinal);
        Assert.Contains("| not assessed: a generator's output says nothing of its seed |\n", output, StringComparison.Ordinal);
        Assert.Contains("**An estimator sees a sequence and no mechanism.**", output, StringComparison.Ordinal);
        Assert.Contains(
            "-- table page_fault_timing,os_rng --samples 2000 --rounds 2 --seconds-at-most 600\n",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("Every source selected was available.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CorrelateOfTwoSources_WritesTheirPair()
    {
        // Of sources that earn nothing a pair may stay undecided, as it does on a busy machine.
        var (code, output, _) = Run("correlate", "mach_timing,cpu_memory_beat", "--seconds", "0.02", "--output", "-");

        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("\n| `mach_timing` | `cpu_memory_beat` | ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SwitchOfASource_SaysWhatWasDone()
    {
        // What else runs in this process may leave something of its own meanwhile, so the exit code says nothing here.
        var (_, output, error) = Run("switch", "speculative_execution", "--rounds", "3");

        Assert.Contains("\n| `speculative_execution` | 3 | enabled, a turn, disabled | ", output, StringComparison.Ordinal);
        Assert.StartsWith("speculative_execution: 3 rounds, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SwitchWithoutTheTimeForAllRounds_ExitsWithOne()
    {
        var (code, output, error) = Run("switch", "os_rng", "--rounds", "1000000", "--seconds-at-most", "1");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains(" of 1,000,000 | ", output, StringComparison.Ordinal);
        Assert.Contains("of 1,000,000 rounds, ", error, StringComparison.Ordinal);
    }

    private static (int Code, string Out, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = EvidenceCommand.Run(args, new EvidenceConsole(output, error, TimeProvider.System));
        return (code, output.ToString(), error.ToString());
    }
}
