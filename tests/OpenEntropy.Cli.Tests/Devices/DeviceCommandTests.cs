using System.Runtime.Versioning;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Tests.Bytes;
using Xunit;

namespace OpenEntropy.Cli.Tests.Devices;

[SupportedOSPlatform("linux")]
public sealed class DeviceCommandTests : IDisposable
{
    private const int Reads = 600; // more than the pipe holds

    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);

    private readonly Folder _folder = new();

    private string Name => _folder.Path("fifo");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Device_ReadersThatComeAndGo_NeverGetTheSameBytesOrAnEnd()
    {
        using var run = new ScriptedConsole();
        var running = run.RunAsync("device", Name);
        await MadeAsync(running);

        var words = new List<ulong>();
        for (var round = 0; round < 2; round++)
        {
            var both = await Task.WhenAll(Task.Run(() => Read(Name)), Task.Run(() => Read(Name))).WaitAsync(s_bound);
            words.AddRange(both.SelectMany(each => each));
        }

        await run.End.CancelAsync();
        Assert.Equal(ExitCodes.Success, await running.WaitAsync(s_bound));
        Assert.Equal(4 * Reads, words.Distinct().Count());
        Assert.False(Path.Exists(Name));
        Assert.Matches(@"^openentropy: .*fifo: [\d,]+ bytes written, [\d,]+ of them dropped unread, in [\d.]+ s\.\n$", run.Error);
    }

    [Fact]
    public async Task Device_Raw_NeedsTheOptionThatAllowsIt()
    {
        using var refused = new ScriptedConsole();
        Assert.Equal(ExitCodes.Usage, await refused.RunAsync("device", Name, "--conditioning", "raw"));
        Assert.Contains("--allow-raw", refused.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Name));

        using var run = new ScriptedConsole();
        var running = run.RunAsync("device", Name, "--conditioning", "raw", "--allow-raw", "--json");
        await MadeAsync(running);
        Assert.Equal(Reads, (await Task.Run(() => Read(Name)).WaitAsync(s_bound)).Count);
        await run.End.CancelAsync();
        Assert.Equal(ExitCodes.Success, await running.WaitAsync(s_bound));
        Assert.Contains("\"bytes_written\":", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mode", "0777")]
    [InlineData("--mode", "rw")]
    [InlineData("--mode", "0060")]
    [InlineData("--buffer-size", "0")]
    public async Task Device_WhatIsOutOfItsRange_IsRefusedByName(string option, string value)
    {
        using var run = new ScriptedConsole();

        Assert.Equal(ExitCodes.Usage, await run.RunAsync("device", Name, option, value));

        Assert.StartsWith($"openentropy: {option} is {value}", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Name));
    }

    /// <summary>Reads words as a program does that samples a token with each.</summary>
    private static List<ulong> Read(string name)
    {
        using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var words = new List<ulong>();
        var word = new byte[sizeof(ulong)];
        while (words.Count < Reads)
        {
            file.ReadExactly(word); // an end would be an exception
            words.Add(BitConverter.ToUInt64(word));
        }

        return words;
    }

    private async Task MadeAsync(Task running)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!Path.Exists(Name))
        {
            Assert.True(!running.IsCompleted && TimeProvider.System.GetElapsedTime(start) < s_bound, "no pipe");
            await Task.Yield();
        }
    }
}
