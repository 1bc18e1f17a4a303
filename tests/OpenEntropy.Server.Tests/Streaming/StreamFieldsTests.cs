using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Streaming;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Streaming;

public sealed class StreamFieldsTests
{
    [Fact]
    public void TryParse_Nothing_IsAnEndlessStreamOfGeneratorBytes()
    {
        var request = Accept("");

        Assert.True(request.IsEndless);
        Assert.False(request.AsEvents);
        Assert.Null(request.BodyLength);
        Assert.Equal((BodyFormat.Bytes, PoolOutput.Drbg), (request.Output.Format, request.Output.Conditioning));
        Assert.Equal((0, null), (request.Output.Rate, request.Output.Source));
    }

    [Theory]
    [InlineData("", "", "Bytes", false)]
    [InlineData("", "*/*", "Bytes", false)]
    [InlineData("", "application/json", "Bytes", false)]
    [InlineData("", "application/octet-stream", "Bytes", false)]
    [InlineData("", "text/plain", "Hex", false)]
    [InlineData("", "text/event-stream", "Base64", true)]
    [InlineData("", "Text/Event-Stream", "Base64", true)]
    [InlineData("", "text/event-stream, */*;q=0.1", "Base64", true)]
    [InlineData("", "text/event-stream, */*", "Base64", true)]
    [InlineData("", "text/event-stream;q=0", "Bytes", false)]
    [InlineData("", "text/event-stream;q=0.4, application/octet-stream;q=0.5", "Bytes", false)]
    [InlineData("", "text/event-stream;q=0.5, text/plain", "Hex", false)]
    [InlineData("format=hex", "text/event-stream", "Hex", true)]
    [InlineData("format=bytes", "text/plain", "Bytes", false)]
    [InlineData("format=base64", "", "Base64", false)]
    public void TryParse_FormatAndAccept_ChooseTheBody(string query, string accept, string format, bool asEvents)
    {
        var request = Accept(query, accept);

        Assert.Equal((format, asEvents), (request.Output.Format.ToString(), request.AsEvents));
    }

    [Theory]
    [InlineData("length=1", 1L)]
    [InlineData("length=1125899906842624", 1125899906842624L)]
    public void TryParse_Length_EndsIt(string query, long length)
    {
        var request = Accept(query);

        Assert.False(request.IsEndless);
        Assert.Equal(length, request.BodyLength);
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("conditioning=limited", 30)]
    [InlineData("conditioning=limited&timeout=0", 0)]
    [InlineData("raw=true", 10)]
    [InlineData("conditioning=vonneumann", 10)]
    [InlineData("conditioning=raw&timeout=7", 7)]
    public void TryParse_Timeout_IsThatOfTheOutput(string query, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Accept(query).Output.Timeout);

    [Theory]
    [InlineData("rate=1", 1)]
    [InlineData("rate=1073741824", 1073741824)]
    public void TryParse_Rate_IsTaken(string query, long rate) => Assert.Equal(rate, Accept(query).Output.Rate);

    [Theory]
    [InlineData("rate=0", "rate", "rate must be between 1 and 1073741824 bytes per second")]
    [InlineData("rate=1073741825", "rate", "rate must be between 1 and 1073741824 bytes per second")]
    [InlineData("rate=", "rate", "rate must be between 1 and 1073741824 bytes per second")]
    [InlineData("rate=-1", "rate", "rate must be between 1 and 1073741824 bytes per second")]
    [InlineData("rate=1.5", "rate", "rate must be between 1 and 1073741824 bytes per second")]
    [InlineData("rate=1e3", "rate", "rate must be between 1 and 1073741824 bytes per second")]
    [InlineData("rate=1000000000000000000000000000000", "rate", "rate must be between 1 and 1073741824 bytes per second")]
    [InlineData("rate=01", "rate", "rate must be a plain decimal number, without leading zeros")]
    [InlineData("length=0", "length", "length must be between 1 and 1125899906842624 bytes, or left out")]
    [InlineData("length=1125899906842625", "length", "length must be between 1 and 1125899906842624 bytes, or left out")]
    [InlineData("length=9223372036854775807", "length", "length must be between 1 and 1125899906842624 bytes, or left out")]
    [InlineData("length=", "length", "length must be between 1 and 1125899906842624 bytes, or left out")]
    [InlineData("format=json", "format", "format must be bytes, hex or base64")]
    [InlineData("format=lines", "format", "format must be bytes, hex or base64")]
    [InlineData("format=Hex", "format", "format must be bytes, hex or base64")]
    [InlineData("timeout=31", "timeout", "timeout must be between 0 and 30 whole seconds")]
    [InlineData("raw=1", "raw", "raw must be true or false")]
    [InlineData("conditioning=none", "conditioning", "conditioning must be drbg (or its alias sha256), limited, vonneumann or raw")]
    [InlineData("raw=false&conditioning=raw", "raw", "raw and conditioning must not contradict each other: raw=true is conditioning=raw")]
    [InlineData(
        "source=hash_timing",
        "source",
        "source must be left out unless raw=true or conditioning=vonneumann: other output comes from all sources"
    )]
    [InlineData("type=uint8", "type", "unknown parameter 'type': known are length, raw, source, conditioning, timeout, format, rate")]
    [InlineData("fresh=true", "fresh", "unknown parameter 'fresh': known are length, raw, source, conditioning, timeout, format, rate")]
    [InlineData("%zz=1", "%zz", "the parameter name '%zz' must be percent-encoded UTF-8, 256 characters at most")]
    public void TryParse_Wrong_IsRefusedByNameAndRange(string query, string? field, string message) => Refuse(query, field, message);

    [Theory]
    [InlineData("length")]
    [InlineData("raw")]
    [InlineData("source")]
    [InlineData("conditioning")]
    [InlineData("timeout")]
    [InlineData("format")]
    [InlineData("rate")]
    public void TryParse_Repeated_IsRefusedByName(string name)
    {
        var value = name switch
        {
            "raw" => "true",
            "source" => "a",
            "conditioning" => "drbg",
            "format" => "hex",
            _ => "1",
        };

        Refuse($"{name}={value}&{name}={value}", name, $"{name} must be given once");
    }

    [Fact]
    public void TryParse_BytesAsEvents_IsRefused() =>
        Refuse("format=bytes", "format", "format must be base64 or hex with text/event-stream, which is text", "text/event-stream");

    [Theory]
    [InlineData("raw=true")]
    [InlineData("conditioning=vonneumann&source=hash_timing")]
    public void TryParse_RawNotAllowed_Is403(string query)
    {
        Assert.False(StreamRequest.TryParse(query, "", RequestParsing.Defaults, out _, out var error));
        Assert.Equal((403, "raw"), (error!.Status, error.Field));
    }

    private static StreamRequest Accept(string query, string accept = "")
    {
        var parsed = StreamRequest.TryParse(query, accept, RequestParsing.RawAllowed, out var request, out var error);
        Assert.True(parsed, error?.Message);
        return request;
    }

    private static void Refuse(string query, string? field, string message, string accept = "")
    {
        Assert.False(StreamRequest.TryParse(query, accept, RequestParsing.RawAllowed, out _, out var error));
        Assert.Equal((400, field, message), (error!.Status, error.Field, error.Message));
    }
}
