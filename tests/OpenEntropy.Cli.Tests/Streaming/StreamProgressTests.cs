using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Streaming;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Streaming;

public sealed class StreamProgressTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Show_AfterASecond_TellsHowFarAndHowLong()
    {
        using (var progress = new StreamProgress(Console(watched: true, terminal: false), 4_000))
        {
            progress.Show(3_500);
            Assert.Equal("", _error.ToString());
            _time.Advance(TimeSpan.FromSeconds(2));
            progress.Show(3_000);
            progress.Show(2_999); // not as often as there are portions
        }

        const string Line = "1,000 of 4,000 bytes, about 6 s left";
        Assert.Equal($"\r{Line}\r{new string(' ', Line.Length)}\r", _error.ToString());
    }

    [Theory]
    [InlineData(4_000, false, false)] // nobody watches
    [InlineData(4_000, true, true)] // it would stand among the bytes
    [InlineData(0, true, false)] // no end
    public void Show_WhereItHasNoPlace_WritesNothing(long bytes, bool watched, bool terminal)
    {
        using (var progress = new StreamProgress(Console(watched, terminal), bytes))
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            progress.Show(1_000);
        }

        Assert.Equal("", _error.ToString());
    }

    private CommandConsole Console(bool watched, bool terminal) =>
        new(() => Stream.Null, () => Stream.Null, _error, watched) { IsTerminal = terminal, Time = _time };
}
