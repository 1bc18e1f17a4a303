using Xunit;

namespace OpenEntropy.Http.Tests;

public sealed class HostileStreamTests
{
    private const string Octets = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nOpenEntropy-Quality: drbg\r\n";

    public static TheoryData<string, int?> EarlyEnds =>
        new()
        {
            { Octets + "\r\nabc", null }, // closed without a length: HTTP/1.1 takes that for the body's end
            { "HTTP/1.0 200 OK\r\nContent-Type: application/octet-stream\r\nOpenEntropy-Quality: drbg\r\n\r\nabc", null },
            { Octets + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", null }, // a good end of what has none
            { Octets + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", null },
            { Octets + "\r\nabc", 4 },
            { Octets + "Content-Length: 4\r\n\r\nabc", 4 },
            { Octets + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 4 },
            { Octets + "\r\nabcde", 4 }, // too long
        };

    [Theory]
    [MemberData(nameof(EarlyEnds))]
    public async Task StreamAsync_AnotherEndThanPromised_Throws(string answer, int? length)
    {
        await using var server = new HostileServer(hangs: false, answer);

        await Assert.ThrowsAsync<ServiceAnswerException>(async () =>
        {
            await foreach (var piece in server.Client().StreamAsync(new StreamOptions { Length = length }))
                Assert.True(piece.Length is > 0 and < 4);
        });
    }

    [Fact]
    public async Task OpenStreamAsync_ReadAgainAfterAnEarlyEnd_ThrowsAgain()
    {
        await using var server = new HostileServer(hangs: false, Octets + "\r\nabc");
        await using var stream = await server.Client().OpenStreamAsync();
        using var copy = new MemoryStream();

        await Assert.ThrowsAsync<ServiceAnswerException>(() => stream.CopyToAsync(copy));

        Assert.Equal(3, copy.Length);
        await Assert.ThrowsAsync<ServiceAnswerException>(async () => await stream.ReadExactlyAsync(new byte[1]));
        Assert.Throws<ServiceAnswerException>(() => stream.ReadByte());
    }

    [Theory]
    [InlineData("text/html", "drbg")]
    [InlineData("application/octet-stream", "limited")]
    public async Task OpenStreamAsync_AnotherTypeOrQuality_Throws(string type, string quality)
    {
        await using var server = new HostileServer(
            hangs: true,
            $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nOpenEntropy-Quality: {quality}\r\n\r\nabcd" // without an end, so that it is not read to it
        );

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().OpenStreamAsync());

        await server.Left.WaitAsync(TimeSpan.FromSeconds(60)); // no response is left behind
    }

    [Fact]
    public async Task StreamAsync_LeftInTheMiddle_ClosesTheConnection()
    {
        await using var server = new HostileServer(hangs: true, Octets + "\r\nabc");
        await foreach (var piece in server.Client().StreamAsync())
        {
            Assert.False(piece.IsEmpty);
            break;
        }

        await server.Left.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task StreamAsync_FreshBytes_AreRefusedHere()
    {
        await using var server = new HostileServer(hangs: false, "");
        var options = new StreamOptions { Bytes = new RandomOptions { Fresh = true } };

        await Assert.ThrowsAsync<ArgumentException>(() => server.Client().OpenStreamAsync(options));
    }
}
