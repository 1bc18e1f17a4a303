using System.Text;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Tests.Bytes;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Streaming;

public sealed class StreamCommandTests
{
    private const int MoreThanAPortion = 400_001;

    [Theory]
    [InlineData("raw")]
    [InlineData("hex")]
    [InlineData("base64")]
    public async Task Stream_SoManyBytes_AreWrittenInEachForm(string form)
    {
        foreach (var bytes in (int[])[1, 2, 3, MoreThanAPortion])
        {
            using var run = new ScriptedConsole();

            Assert.Equal(ExitCodes.Success, await run.RunAsync("stream", "--bytes", $"{bytes}", "--format", form));

            var decoded = form switch
            {
                "raw" => run.Bytes,
                "hex" => Convert.FromHexString(run.Text),
                _ => Strictly(run.Bytes),
            };
            Assert.Equal(bytes, decoded.Length);
            Assert.Equal("", run.Error);
            if (bytes == MoreThanAPortion)
                Assert.InRange(decoded.Distinct().Count(), 256, 256);
        }
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "-1")]
    [InlineData("--rate", "many")]
    [InlineData("--bytes", "-1")]
    [InlineData("--format", "octal")]
    [InlineData("--sources", "no_such_source")]
    public async Task Stream_WhatIsOutOfItsRange_IsRefusedByName(string option, string value)
    {
        using var run = new ScriptedConsole();

        Assert.Equal(ExitCodes.Usage, await run.RunAsync("stream", option, value));

        Assert.StartsWith($"openentropy: {option} is", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Bytes);
    }

    [Fact]
    public async Task Stream_UnconditionedWithAnotherConditioning_IsRefused()
    {
        using var run = new ScriptedConsole();

        Assert.Equal(ExitCodes.Usage, await run.RunAsync("stream", "--unconditioned", "--conditioning", "limited", "--bytes", "1"));

        Assert.Contains("--unconditioned", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--unconditioned")]
    [InlineData("--conditioning=raw")]
    public async Task Stream_Unconditioned_GivesTheSamplesOfTheSource(string option)
    {
        using var run = new ScriptedConsole(new ScriptedNoiseSource("one"));

        Assert.Equal(ExitCodes.Success, await run.RunAsync("stream", option, "--bytes", "40"));

        // Of turns, whose samples follow each other.
        byte[] script = [.. Enumerable.Range(0, 1 << 20).Select(i => ScriptedNoiseSource.Lively(i))];
        Assert.True(script.AsSpan().IndexOf(run.Bytes.AsSpan(0, 8)) > 0);
        Assert.Equal(40, run.Bytes.Length);
    }

    [Fact]
    public async Task Stream_Limited_GivesSoMany()
    {
        using var run = new ScriptedConsole();

        Assert.Equal(ExitCodes.Success, await run.RunAsync("stream", "--conditioning", "limited", "--bytes", "1000"));

        Assert.Equal(1000, run.Bytes.Length);
    }

    [Fact]
    public async Task Stream_WithoutEntropy_SaysSoInOneLine()
    {
        using var run = new ScriptedConsole(new ScriptedNoiseSource("one"));

        Assert.Equal(ExitCodes.Unavailable, await run.RunAsync("stream", "--bytes", "1"));

        Assert.Empty(run.Bytes);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Stream_WithoutEnd_EndsQuietlyWhenStopped()
    {
        using var run = new ScriptedConsole();
        using var output = new StoppingStream(run.End);
        run.Console = run.Console with { Out = () => output };

        Assert.Equal(ExitCodes.Success, await run.RunAsync("stream"));

        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Stream_StoppedBeforeItsEnd_IsCancelled()
    {
        using var run = new ScriptedConsole();
        using var output = new StoppingStream(run.End);
        run.Console = run.Console with { Out = () => output };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync("stream", "--bytes", $"{long.MaxValue}"));
    }

    [Fact]
    public async Task Stream_WhoseReaderIsGone_EndsQuietly()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (reader, writer) = LinuxPipes.Open();
        LinuxFiles.Close(reader);
        using var run = new ScriptedConsole();
        run.Console = run.Console with { Descriptor = writer };

        Assert.Equal(ExitCodes.Success, await run.RunAsync("stream"));

        LinuxFiles.Close(writer);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Stream_IntoAPipeThatIsFull_WaitsForTheReader()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (reader, writer) = LinuxPipes.Open(); // neither end waits
        using var run = new ScriptedConsole();
        run.Console = run.Console with { Descriptor = writer };
        var running = run.RunAsync("stream", "--bytes", "3000000");
        var total = 0;
        while (total < 3_000_000 && !(running.IsCompleted && total == 0))
            total += Read(reader);

        Assert.Equal(ExitCodes.Success, await running);
        LinuxFiles.Close(writer);
        LinuxFiles.Close(reader);
        Assert.Equal(3_000_000, total);
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static unsafe int Read(int reader)
    {
        var buffer = stackalloc byte[65_536];
        var read = LinuxFiles.Read(reader, buffer, 65_536);
        if (read <= 0)
            Thread.Yield();
        return Math.Max(0, read);
    }

    /// <summary>RFC 4648 and no more: no white space, no characters outside, padding at the end alone and only as needed.</summary>
    private static byte[] Strictly(byte[] text)
    {
        Assert.Equal(0, text.Length % 4);
        Assert.DoesNotContain((byte)'=', text.AsSpan(0, Math.Max(0, text.Length - 2)).ToArray());
        Assert.All(Encoding.ASCII.GetString(text), letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '='));
        return Convert.FromBase64String(Encoding.ASCII.GetString(text));
    }

    /// <summary>Asks for the end at the third write.</summary>
    private sealed class StoppingStream(CancellationTokenSource end) : MemoryStream
    {
        private int _writes;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (++_writes == 3)
                end.Cancel();
        }
    }
}
