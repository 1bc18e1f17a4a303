using Xunit;

namespace OpenEntropy.Http.Tests;

public sealed class HostileJsonTests
{
    private const string Good =
        """{"success":true,"type":"uint8","length":3,"size":1,"conditioned":true,"quality":"drbg","data":[7,201,66]}""";

    [Theory]
    [InlineData("\"data\":[7,201,66]", "\"data\":[7,201]")]
    [InlineData("\"data\":[7,201,66]", "\"data\":[7,201,66,1]")]
    [InlineData("\"data\":[7,201,66]", "\"data\":[7,201,256]")]
    [InlineData("\"data\":[7,201,66]", "\"data\":[7,201,-1]")]
    [InlineData("\"data\":[7,201,66]", "\"data\":[7,201,\"66\"]")]
    [InlineData("\"data\":[7,201,66]", "\"data\":[7,201,6.5]")]
    [InlineData("\"data\":[7,201,66]", "\"data\":{}")]
    [InlineData("\"data\":[7,201,66]", "\"date\":[7,201,66]")]
    [InlineData("\"drbg\"", "\"limited\"")]
    [InlineData("\"drbg\"", "null")]
    [InlineData("\"conditioned\":true", "\"conditioned\":false")]
    [InlineData("\"length\":3", "\"length\":4")]
    [InlineData("\"size\":1", "\"size\":2")]
    [InlineData("\"uint8\"", "\"uint16\"")]
    [InlineData("\"success\":true", "\"success\":false")]
    [InlineData("]}", "]")]
    [InlineData("{\"success\"", "[{\"success\"")]
    public async Task GetUInt8Async_AnAlteredAnswer_Throws(string told, string altered)
    {
        await using var server = new HostileServer(
            hangs: false,
            HostileServer.Ok("application/json", Good),
            HostileServer.Ok("application/json", Good.Replace(told, altered, StringComparison.Ordinal))
        );

        Assert.Equal([7, 201, 66], (await server.Client().GetUInt8Async(3)).Data);
        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().GetUInt8Async(3));
    }

    [Theory]
    [InlineData("text/html", "<html></html>")]
    [InlineData("application/json", "<html></html>")]
    [InlineData("application/json", "")]
    public async Task GetUInt8Async_NoJson_Throws(string type, string body)
    {
        await using var server = new HostileServer(hangs: false, HostileServer.Ok(type, body));

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().GetUInt8Async(3));
    }

    [Fact]
    public async Task GetUInt8Async_AnAnswerBrokenOffAfterWholeJson_Throws()
    {
        await using var server = new HostileServer(
            hangs: false,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Good.Length + 1}\r\n\r\n{Good}"
        );

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().GetUInt8Async(3));
    }

    [Theory]
    [InlineData("Content-Length: 5000\r\n")]
    [InlineData("")]
    public async Task GetUInt8Async_MoreThanIsTakenIn_Throws(string header)
    {
        await using var server = new HostileServer(
            hangs: false,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{header}\r\n{Good}{new string(' ', 5000 - Good.Length)}"
        );
        var client = server.Client(new OpenEntropyClientOptions { MaximumJsonBytes = 1024 });

        await Assert.ThrowsAsync<ServiceAnswerException>(() => client.GetUInt8Async(3));
    }

    [Theory]
    [InlineData("""{"success":true,"type":"integers","count":2,"min":1,"max":6,"conditioned":true,"quality":"drbg","data":[4,7]}""")]
    [InlineData("""{"success":true,"type":"integers","count":2,"min":1,"max":6,"conditioned":true,"quality":"drbg","data":[4]}""")]
    [InlineData("""{"success":true,"type":"floats","count":2,"min":1,"max":6,"conditioned":true,"quality":"drbg","data":[4,1]}""")]
    [InlineData("""{"success":true,"type":"integers","count":2,"min":1,"max":6,"conditioned":true,"quality":"raw","data":[4,1]}""")]
    public async Task GetIntegersAsync_AnotherAnswerThanAskedFor_Throws(string answer)
    {
        await using var server = new HostileServer(hangs: false, HostileServer.Ok("application/json", answer));

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().GetIntegersAsync(1, 6, 2));
    }

    [Theory]
    [InlineData("hex8", "\"length\":1,\"size\":1,\"data\":[null]")]
    [InlineData("strings", "\"count\":1,\"data\":[null]")]
    [InlineData("integers", "\"count\":1,\"data\":[null]")]
    [InlineData("integers", "\"count\":1,\"data\":[4],\"proof\":null")]
    [InlineData("integers", "\"count\":1,\"data\":[4],\"proof\":{\"bytes\":null,\"mapping\":\"m\"}")]
    [InlineData("integers", "\"count\":1,\"data\":[4],\"proof\":{\"bytes\":\"00\",\"mapping\":null}")]
    [InlineData("uint8", "\"length\":1,\"size\":1,\"data\":[4],\"receipt\":null")]
    [InlineData("uint8", "\"length\":1,\"size\":1,\"data\":[4]")]
    public async Task AnyCall_NullWhereATextWasAskedFor_Throws(string type, string rest)
    {
        var answer = $"{{\"success\":true,\"type\":\"{type}\",\"conditioned\":true,\"quality\":\"drbg\",{rest}}}";
        await using var server = new HostileServer(hangs: false, HostileServer.Ok("application/json", answer));
        var client = server.Client();

        await Assert.ThrowsAsync<ServiceAnswerException>(() =>
            type switch
            {
                "hex8" => client.GetHex8Async(1),
                "strings" => client.GetStringsAsync(),
                "integers" => client.GetIntegersAsync(1, 6, 1, new ValueOptions { Proof = true }),
                _ => (Task)client.GetUInt8Async(1, receipt: true),
            }
        );
    }

    [Fact]
    public async Task ShuffleAsync_OneItemTwice_Throws()
    {
        await using var server = new HostileServer(
            hangs: false,
            HostileServer.Ok(
                "application/json",
                """{"success":true,"type":"shuffle","count":2,"conditioned":true,"quality":"drbg","data":["a","a"]}"""
            )
        );

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().ShuffleAsync(["a", "b"]));
    }

    [Fact]
    public async Task GetHealthAsync_AMemberMissing_Throws()
    {
        await using var server = new HostileServer(hangs: false, HostileServer.Ok("application/json", """{"status":"healthy"}"""));

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().GetHealthAsync());
    }
}
