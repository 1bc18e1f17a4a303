using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenEntropy.Server.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class JsonLineTests
{
    private const string Category = "OpenEntropy.Server.Testing";

    [Fact]
    public void Format_EventWithFields_IsOneLineWithAllMembers()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var line = Write(logger =>
            logger.Write(
                LogLevel.Warning,
                new EventId(7, "source_changed"),
                "Source {Source}: {Samples} of {Share}",
                exception: null,
                ("Source", "clock_jitter"),
                ("Samples", 12),
                ("Share", 0.25)
            )
        );

        Assert.Equal(
            ["time", "level", "event", "category", "message", "trace_id", "span_id", "fields"],
            line.EnumerateObject().Select(member => member.Name)
        );
        var time = line.GetProperty("time").GetString()!;
        Assert.EndsWith("Z", time, StringComparison.Ordinal);
        Assert.Equal(DateTimeKind.Utc, DateTime.ParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Kind);
        Assert.Equal("Warning", line.GetProperty("level").GetString());
        Assert.Equal("source_changed", line.GetProperty("event").GetString());
        Assert.Equal(Category, line.GetProperty("category").GetString());
        Assert.Equal("Source clock_jitter: 12 of 0.25", line.GetProperty("message").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), line.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), line.GetProperty("span_id").GetString());
        Assert.Equal("""{"Source":"clock_jitter","Samples":12,"Share":0.25}""", line.GetProperty("fields").GetRawText());
    }

    [Theory]
    [InlineData("a \"quote\", a \\ and a {brace}")]
    [InlineData("first\r\nsecond\u2028third\tand\0more\u001b[31m")]
    [InlineData("émile, 乱数 and 🎲")]
    public void Format_AwkwardText_IsOneLineAndComesBackWhole(string text)
    {
        var line = Write(logger =>
            logger.Write(LogLevel.Information, 0, "{Problem}", new InvalidOperationException(text), ("Problem", text))
        );

        Assert.Equal(text, line.GetProperty("message").GetString());
        Assert.Equal(text, line.GetProperty("fields").GetProperty("Problem").GetString());
        Assert.Contains(text, line.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Format_NumbersThatJsonLacksAndNothing_AreStillOneDocument()
    {
        var line = Write(logger =>
            logger.Write(
                LogLevel.Information,
                0,
                "{A} {B} {C}",
                exception: null,
                ("A", double.NaN),
                ("B", double.PositiveInfinity),
                ("C", null)
            )
        );

        Assert.Equal(3, line.GetProperty("fields").EnumerateObject().Count());
        Assert.False(line.TryGetProperty("event", out _));
        Assert.False(line.TryGetProperty("trace_id", out _));
    }

    private static JsonElement Write(Action<Microsoft.Extensions.Logging.ILogger> write)
    {
        using var output = new StringWriter();
        using var serilog = new LoggerConfiguration().WriteTo.Sink(new Sink(output)).CreateLogger();
        using var provider = new SerilogLoggerProvider(serilog);
        write(provider.CreateLogger(Category));
        var text = output.ToString();

        Assert.EndsWith(output.NewLine, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text[..^output.NewLine.Length]);
        return JsonElement.Parse(text);
    }

    private sealed class Sink(TextWriter output) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => new JsonLine().Format(logEvent, output);
    }
}
