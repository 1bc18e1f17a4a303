using System.Globalization;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The source over pseudo-terminals and a named pipe, on whose other end the test plays the generator.</summary>
public sealed class SerialTrngSourceTests : IDisposable
{
    private const nuint GetKernelSettings = 0x5401; // TCGETS
    private const nuint IsExclusive = 0x80045440; // TIOCGEXCL

    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private PseudoTerminal _terminal = new();
    private long _position;

    public void Dispose()
    {
        _terminal.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Collect_TerminalThatEditsLines_EveryByteComesAsItIs()
    {
        using var cooked = new PseudoTerminal(raw: false);
        var source = Create(cooked.Path, "raw");
        source.Open();
        try
        {
            byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
            cooked.Write(all);
            var samples = new byte[all.Length];
            for (var filled = 0; filled < samples.Length; )
                filled += source.Collect(samples.AsSpan(filled));
            Assert.Equal(all, samples);
            Assert.Empty(cooked.Read(TimeSpan.Zero)); // nothing is echoed
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Open_StartConfigured_SendsItAndDropsWhatCameBefore()
    {
        _terminal.Write("old");
        var source = new SerialTrngSource(
            SourceSettings.Of(("serial_trng:Port", _terminal.Path), ("serial_trng:Start", @"cmd0\ncmdO\n")),
            s_long
        );
        source.Open();
        try
        {
            Assert.Equal("cmd0\ncmdO\n"u8.ToArray(), _terminal.Read(s_long));
            _terminal.Write([42]);
            var samples = new byte[4];
            Assert.Equal((1, 42), (source.Collect(samples), samples[0]));
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Open_StartConfiguredForAFifo_ThrowsAndSendsNothing()
    {
        using var fifo = new Fifo(_directory.File("trng"));
        var source = new SerialTrngSource(SourceSettings.Of(("serial_trng:Port", fifo.Path), ("serial_trng:Start", "s")));
        Assert.Contains("is no terminal", Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
        Assert.Equal(0, fifo.OthersOpen);
    }

    /// <summary>As asm-generic/termbits.h has them, in the kernel's own struct: not what the C library makes of it.</summary>
    [Theory]
    [InlineData(300, 0x7)]
    [InlineData(600, 0x8)]
    [InlineData(1200, 0x9)]
    [InlineData(2400, 0xB)]
    [InlineData(4800, 0xC)]
    [InlineData(9600, 0xD)]
    [InlineData(19200, 0xE)]
    [InlineData(38400, 0xF)]
    [InlineData(57600, 0x1001)]
    [InlineData(115200, 0x1002)]
    [InlineData(230400, 0x1003)]
    [InlineData(460800, 0x1004)]
    [InlineData(500000, 0x1005)]
    [InlineData(576000, 0x1006)]
    [InlineData(921600, 0x1007)]
    [InlineData(1000000, 0x1008)]
    [InlineData(1152000, 0x1009)]
    [InlineData(1500000, 0x100A)]
    [InlineData(2000000, 0x100B)]
    [InlineData(2500000, 0x100C)]
    [InlineData(3000000, 0x100D)]
    [InlineData(3500000, 0x100E)]
    [InlineData(4000000, 0x100F)]
    public unsafe void Open_Rate_IsTheKernels(int rate, uint code)
    {
        const int ControlFlags = 2; // c_cflag, the third word
        const uint Baud = 0x100F; // CBAUD
        var source = new SerialTrngSource(
            SourceSettings.Of(("serial_trng:Port", _terminal.Path), ("serial_trng:BaudRate", rate.ToString(CultureInfo.InvariantCulture)))
        );
        var settings = stackalloc uint[64];
        source.Open();
        var result = LinuxDevices.Control(_terminal.Descriptor, GetKernelSettings, (nint)settings);
        source.Close();

        Assert.Equal((0, code), (result, settings[ControlFlags] & Baud));
    }

    [Fact]
    public void Open_RateOfEverySetting_IsTested() =>
        Assert.Equal(
            LinuxTerminal.Rates,
            typeof(SerialTrngSourceTests)
                .GetMethod(nameof(Open_Rate_IsTheKernels))!
                .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
                .Select(data => (int)((InlineDataAttribute)data).GetData(null!).Single()[0])
        );

    [Fact]
    public void Open_File_IsRefusedAndLeftClosed()
    {
        var file = _directory.File("recorded");
        File.WriteAllBytes(file, new byte[1000]);
        var source = Create(file, "raw");

        Assert.Equal($"{file} is a file, no device", Assert.Throws<NoiseSourceException>(source.Open).Message);
        source.Close();
        Assert.Equal(0, OpenFiles.CountOf(file));
    }

    [Fact]
    public void Open_Directory_IsRefused()
    {
        var source = Create(_directory.Path, "raw");
        Assert.Equal(
            $"{_directory.Path} is neither a character device nor a FIFO",
            Assert.Throws<NoiseSourceException>(source.Open).Message
        );
        source.Close();
    }

    [Fact]
    public void Open_Terminal_NobodyElseMayOpenItUntilItIsClosed()
    {
        var source = Create(_terminal.Path, "raw");
        source.Open();
        Assert.False(IsShared(_terminal.Path));
        source.Close();
        Assert.True(IsShared(_terminal.Path));
    }

    [Fact]
    public void Collect_NothingSent_ThrowsWhenPatienceEnds() =>
        Assert.Equal($"{_terminal.Path} sent nothing for 0.05 s", Failure(Create(_terminal.Path, "raw", s_short), () => { }));

    [Fact]
    public void Collect_NoLineEnds_ThrowsWhenPatienceEnds() =>
        Assert.Equal(
            $"{_terminal.Path} sent no whole line for 0.05 s",
            Failure(Create(_terminal.Path, "hex", s_short), () => _terminal.Write("1234"))
        );

    [Fact]
    public void Collect_Garbage_ThrowsAfterItsLines() =>
        Assert.Contains(
            "lines in a row that are no whole numbers",
            Failure(
                Create(_terminal.Path, "lines"),
                () => _terminal.Write(string.Concat(Enumerable.Repeat("garbage\n", SerialDigitizer.UnreadableLines + 1)))
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Collect_UnpluggedAfterABeginning_Throws() =>
        Assert.Matches(
            "was unplugged|Input/output error",
            Failure(
                Create(_terminal.Path, "hex"),
                () =>
                {
                    _terminal.Write("\n12");
                    _terminal.Unplug();
                }
            )
        );

    [Fact]
    public void Open_NobodyMayReadIt_SaysWhichAndWhy()
    {
        var source = Create(SourceSettings.DeniedPath, "raw");
        Assert.Null(source.WhyUnavailable());
        var message = Assert.Throws<NoiseSourceException>(source.Open).Message;
        source.Close();
        Assert.Equal($"opening {SourceSettings.DeniedPath} failed: Permission denied", message);
    }

    [Fact]
    public void WhyUnavailable_NoPort_NamesTheKey()
    {
        var source = new SerialTrngSource(SourceSettings.Of());
        Assert.Equal("no port is configured: set OpenEntropy:Sources:Settings:serial_trng:Port", source.WhyUnavailable());
        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
    }

    [Fact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        var source = Create(_terminal.Path, "raw");
        for (var round = 0; round < 1000; round++)
        {
            source.Open();
            source.Close();
        }

        Assert.Equal(0, _terminal.OthersOpen);
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [Fact]
    public void Collect_InSteadyState_AllocatesNothing()
    {
        var source = Create(_terminal.Path, "lines");
        source.Open();
        try
        {
            var samples = new byte[16];
            _terminal.Write("\n1 2\n");
            _ = source.Collect(samples);
            _terminal.Write("0x3 4\n");
            _ = source.Collect(samples);
            _terminal.Write("5 0x6\n");
            var before = GC.GetAllocatedBytesForCurrentThread();
            var count = source.Collect(samples);
            Assert.Equal((0, 2), (GC.GetAllocatedBytesForCurrentThread() - before, count));
        }
        finally
        {
            source.Close();
        }
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("hex")]
    [InlineData("lines")]
    public void WholePath_EachFraming_BecomesHealthyAndEarnsNothing(string framing)
    {
        using var turns = new TurnTaker(Create(_terminal.Path, framing));
        Run(turns, SourceState.Healthy, framing);
        Assert.Equal(0, turns.Credit);
    }

    [Fact]
    public void WholePath_FifoInPlaceOfAPort_BecomesHealthy()
    {
        using var fifo = new Fifo(_directory.File("trng"));
        using var turns = new TurnTaker(Create(fifo.Path, "raw"));
        turns.Until(() => fifo.TryWrite([ScriptedNoiseSource.Lively(_position++)]) && turns.Source.State == SourceState.Healthy);
    }

    [Fact]
    public void WholePath_OneByteForEver_FailsByItsTests()
    {
        using var turns = new TurnTaker(Create(_terminal.Path, "raw"));
        turns.Until(() => _terminal.TryWrite([7, 7, 7, 7]) != 0 && turns.Source.State == SourceState.PermanentlyFailed);
        Assert.Contains("failed permanently", turns.Status.Reason, StringComparison.Ordinal);
        Assert.InRange(turns.Status.Failures["rct"], 1, int.MaxValue);
    }

    [Fact]
    public void WholePath_UnpluggedAndPluggedInAgain_FailsAndReturns()
    {
        var port = _directory.File("ttyACM0");
        File.CreateSymbolicLink(port, _terminal.Path);
        using var turns = new TurnTaker(Create(port, "hex"));
        Run(turns, SourceState.Healthy, "hex");

        _terminal.Unplug();
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Matches("was unplugged|Input/output error", turns.Status.Reason);
        Assert.Equal(0, _terminal.OthersOpen);

        File.Delete(port);
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Time.PendingTimers == 1 && turns.Status.Reason!.Contains("No such file", StringComparison.Ordinal));

        _terminal = new PseudoTerminal();
        File.CreateSymbolicLink(port, _terminal.Path);
        turns.Time.Advance(TimeSpan.FromSeconds(2));
        Run(turns, SourceState.Healthy, "hex");
    }

    private static SerialTrngSource Create(string port, string framing, TimeSpan? patience = null) =>
        new(SourceSettings.Of(("serial_trng:Port", port), ("serial_trng:Framing", framing)), patience ?? TimeSpan.FromSeconds(4));

    /// <summary>How a source fails after the generator has done something.</summary>
    private static string Failure(SerialTrngSource source, Action generator)
    {
        source.Open();
        try
        {
            generator();
            return Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[16])).Message;
        }
        finally
        {
            source.Close();
        }
    }

    /// <summary>Whether a port may be opened by others; root always may, so it looks at the mark.</summary>
    private static unsafe bool IsShared(string path)
    {
        var port = LinuxFiles.TryOpen(path, LinuxFiles.ReadOnly | LinuxDevices.NonBlocking | LinuxDevices.NoControllingTerminal);
        if (port < 0)
            return false;
        int exclusive;
        Assert.Equal(0, LinuxDevices.Control(port, IsExclusive, (nint)(&exclusive)));
        LinuxFiles.Close(port);
        return exclusive == 0;
    }

    /// <summary>Takes turns while the generator sends whatever fits into the line.</summary>
    private void Run(TurnTaker turns, SourceState state, string framing) =>
        turns.Until(() =>
        {
            var value = ScriptedNoiseSource.Lively(_position++);
            _ = framing switch
            {
                "hex" => _terminal.TryWrite(System.Text.Encoding.ASCII.GetBytes($"{value:x2}\n")),
                "lines" => _terminal.TryWrite(System.Text.Encoding.ASCII.GetBytes($"{value}\n")),
                _ => _terminal.TryWrite([value]),
            };
            return turns.Source.State == state;
        });
}
