using OpenEntropy.Server.Dashboard;
using Serilog;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

public sealed class LogTailTests : IDisposable
{
    private readonly LogTail _tail = new();
    private readonly Serilog.Core.Logger _log;

    public LogTailTests() => _log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(_tail).CreateLogger();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Emit_MoreLinesThanAreKept_KeepsTheLatest()
    {
        for (var i = 0; i < 450; i++)
        {
            _log.Information("line {Number}", i);
        }

        long read = 0;
        var lines = _tail.ReadAfter(ref read);
        Assert.Equal(450, read);
        Assert.Equal(Enumerable.Range(250, 200).Select(i => $"line {i}"), lines.Select(line => line.Message));

        _log.Warning("one more");
        var one = Assert.Single(_tail.ReadAfter(ref read));
        Assert.Equal(("one more", "warning"), (one.Message, one.Level));
        Assert.Empty(_tail.ReadAfter(ref read));
    }

    [Fact]
    public void Emit_Exception_TellsTheMessageOfTheEventAlone()
    {
        _log.ForContext("Secret", "hunter2").Error(new InvalidOperationException("inner workings"), "it failed");

        var line = Single();
        Assert.Equal(("it failed", "error"), (line.Message, line.Level));
        Assert.DoesNotContain("hunter2", line.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("inner", line.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1001)]
    [InlineData(100_000, 1001)]
    public void Emit_LongMessage_IsCut(int length, int kept)
    {
        _log.Information("{Text:l}", new string('x', length));

        Assert.Equal(kept, Single().Message.Length);
    }

    [Fact]
    public void Emit_MessageCutWithinACharacter_KeepsNoHalf()
    {
        _log.Information("{Text:l}", new string('x', 999) + string.Concat(Enumerable.Repeat("😀", 10)));

        Assert.Equal(new string('x', 999) + "…", Single().Message);
    }

    [Fact]
    public void Emit_TheWebServersOwn_IsKeptFromWarningUp()
    {
        var framework = _log.ForContext("SourceContext", "Microsoft.AspNetCore.Hosting.Diagnostics");
        framework.Information("GET /?secret=hunter2");
        framework.Warning("worth it");

        Assert.Equal(("worth it", "Microsoft.AspNetCore.Hosting.Diagnostics"), (Single().Message, Single().Category));
    }

    [Fact]
    public void Emit_TheHostsDirectory_IsLeftOutWhereItIsNoTrouble()
    {
        var host = _log.ForContext("SourceContext", "Microsoft.Hosting.Lifetime");
        host.Information("Content root path: {ContentRoot}", "/somewhere/private");
        host.Information("Now listening on: {address}", "http://127.0.0.1:1");
        Assert.Equal("Now listening on: http://127.0.0.1:1", Single().Message);

        host.Warning("No such directory: {ContentRoot}", "/gone");
        long read = 1;
        Assert.Equal("No such directory: /gone", Assert.Single(_tail.ReadAfter(ref read)).Message);
    }

    private LogLine Single()
    {
        long read = 0;
        return Assert.Single(_tail.ReadAfter(ref read));
    }
}
