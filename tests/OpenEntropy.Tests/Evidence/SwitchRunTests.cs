using OpenEntropy.Evidence.Switching;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

[Collection(HardwareAlone.Name)]
public sealed class SwitchRunTests
{
    private const int Rounds = 30; // far above what the test runner itself may open or give back meanwhile

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly ProcessHoldings s_before = new(["socket:[1]", "/dev/null"], 5, 100, 50_000_000);

    [Fact]
    public void Of_ASourceThatKeepsAFile_SaysWhatIsLeft()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("kept");
        File.WriteAllText(file, "");
        var kept = new List<FileStream>();
        var source = new ScriptedMeasuredSource(at => at) { Opening = () => kept.Add(File.OpenRead(file)) };

        var result = SwitchRun.Of(source, Rounds, s_limit);
        kept.ForEach(stream => stream.Dispose());

        Assert.Equal(Rounds, result.Rounds);
        Assert.StartsWith("left behind: ", result.Problem, StringComparison.Ordinal);
        Assert.Contains(" descriptors (", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ASourceThatKeepsAThread_SaysSo()
    {
        using var end = new ManualResetEventSlim();
        var source = new ScriptedMeasuredSource(at => at)
        {
            Closing = () => new Thread(() => end.Wait(s_limit)) { IsBackground = true }.Start(),
        };

        var result = SwitchRun.Of(source, Rounds, s_limit);
        end.Set();

        Assert.StartsWith("left behind: ", result.Problem, StringComparison.Ordinal);
        Assert.Contains("threads", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ASourceThatDoesNotOpen_SaysWhy()
    {
        var source = new ScriptedNoiseSource("broken")
        {
            OpenFailure = new NoiseSourceException("no device"),
            Deadline = TimeSpan.FromMilliseconds(50),
        };

        var result = SwitchRun.Of(source, 3, s_limit);

        Assert.StartsWith("it did not open: no device", result.Problem, StringComparison.Ordinal);
        Assert.Equal(0, result.Rounds);
    }

    [Fact]
    public void Leftovers_WhereNothingGrew_AreNone() =>
        Assert.Null(Leftovers.Of(s_before, s_before, s_before with { Mappings = 110, MappedBytes = 70_000_000 }, 1000));

    [Fact]
    public void Leftovers_OfOneDescriptor_NameIt() =>
        Assert.Equal(
            "left behind: 1 descriptors (/dev/hwrng)",
            Leftovers.Of(s_before, s_before, s_before with { Descriptors = [.. s_before.Descriptors, "/dev/hwrng"] }, 1000)
        );

    [Fact]
    public void Leftovers_OfAPageEachRound_AreFoundThoughTheKernelMergesThem() =>
        Assert.Equal(
            "left behind: 4,096,000 bytes of memory",
            Leftovers.Of(
                s_before,
                s_before with
                {
                    MappedBytes = s_before.MappedBytes + 2_048_000,
                },
                s_before with
                {
                    MappedBytes = s_before.MappedBytes + 4_096_000,
                },
                1000
            )
        );

    [Theory]
    [InlineData("7f0000000000-7f0000001000 rw-p 00000000 00:00 0", 4096)]
    [InlineData("7f0000000000-7f0000001000 ---p 00000000 00:00 0", 0)]
    public void AccessibleBytes_OfALine_AreItsLengthUnlessReserved(string line, long bytes) =>
        Assert.Equal(bytes, ProcessHoldings.AccessibleBytes(line));
}
