using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The faults of /dev/hwrng, by a named pipe and a terminal in its place.</summary>
public sealed class HardwareTrngDeviceSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private long _position;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(19, "no generator is behind /dev/hwrng")] // ENODEV
    [InlineData(11, "the generator behind /dev/hwrng has nothing yet")] // EAGAIN
    [InlineData(5, "reading /dev/hwrng failed: Input/output error")] // EIO
    public void Failed_EachCause_SaysWhatItMeans(int error, string message) =>
        Assert.Equal(message, new HardwareTrngDeviceSource("/dev/hwrng").Failed(error).Message);

    [Fact]
    public void Open_NobodyMayReadIt_SaysWhichAndWhy()
    {
        var source = new HardwareTrngDeviceSource(SourceSettings.DeniedPath);
        var message = Assert.Throws<NoiseSourceException>(source.Open).Message;
        source.Close();
        Assert.Equal($"opening {SourceSettings.DeniedPath} failed: Permission denied", message);
    }

    [Fact]
    public void Collect_UnpluggedBetweenReads_Throws()
    {
        using var terminal = new PseudoTerminal();
        var source = new HardwareTrngDeviceSource(terminal.Path);
        terminal.Write([1, 2]);
        source.Open();
        try
        {
            Assert.Equal(1, source.Collect(new byte[1]));
            terminal.Unplug();
            Assert.Matches(
                "gave nothing|Input/output error",
                Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1])).Message
            );
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        using var fifo = new Fifo(_directory.File("hwrng"));
        var source = new HardwareTrngDeviceSource(fifo.Path);
        for (var round = 0; round < 1000; round++)
        {
            fifo.Write([1]);
            source.Open();
            source.Close();
        }

        Assert.Equal(0, fifo.OthersOpen);
    }

    [Fact]
    public void WholePath_UnpluggedAndBack_FailsAndReturns()
    {
        using var fifo = new Fifo(_directory.File("hwrng"));
        using var turns = new TurnTaker(new HardwareTrngDeviceSource(fifo.Path));
        turns.Until(() => Send(fifo) && turns.Source.State == SourceState.Healthy);

        fifo.Unplug();
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal($"{fifo.Path} gave nothing; next attempt in 1 s", turns.Status.Reason);

        fifo.Plug();
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => Send(fifo) && turns.Source.State == SourceState.Healthy);
        Assert.Equal(0, turns.Credit);
    }

    private bool Send(Fifo fifo)
    {
        byte[] bytes = [.. Enumerable.Range(0, 32).Select(_ => ScriptedNoiseSource.Lively(_position++))];
        _ = fifo.TryWrite(bytes);
        return true;
    }
}
