using Xunit;

namespace OpenEntropy.Http.Tests;

public sealed class HostileBytesTests
{
    private const string Octets = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nOpenEntropy-Quality: drbg\r\n";

    public static TheoryData<string> WrongBodies =>
        new()
        {
            HostileServer.Bytes("abc"), // short, as announced
            Octets + "Content-Length: 4\r\n\r\nabc", // shorter than announced
            Octets + "\r\nabc", // without a length, ended by the close
            Octets + "\r\nabcde", // the same, too long
            Octets + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", // a good end, too early
            Octets + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n", // as long, broken off
            HostileServer.Bytes("abcde"), // long
            HostileServer.Bytes("abcd", quality: "raw"),
            HostileServer.Ok("application/octet-stream", "abcd"), // no quality
            HostileServer.Ok("text/html", "abcd", "OpenEntropy-Quality: drbg\r\n"),
            HostileServer.Ok("application/octet-stream", "abcd", "OpenEntropy-Quality: drbg\r\nContent-Encoding: gzip\r\n"),
        };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task FillAsync_AnotherBodyThanAskedFor_ThrowsAndLeavesZeros(string answer)
    {
        await using var server = new HostileServer(hangs: false, answer);
        var destination = new byte[4];
        Array.Fill(destination, (byte)1);

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().FillAsync(destination));

        Assert.Equal([0, 0, 0, 0], destination);
    }

    [Fact]
    public async Task FillAsync_WhatWasAskedFor_IsGiven()
    {
        await using var server = new HostileServer(hangs: false, HostileServer.Bytes("abcd"));

        Assert.Equal("abcd"u8.ToArray(), await server.Client().GetBytesAsync(4));

        Assert.StartsWith("GET /api/v1/random?length=4&format=bytes HTTP/1.1", server.Heads.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FillAsync_ABodyThatHangs_TimesOutAndLeavesZerosAndNoConnection()
    {
        await using var server = new HostileServer(hangs: true, Octets + "Content-Length: 4\r\n\r\nabc");
        var destination = new byte[4];
        var client = server.Client(new OpenEntropyClientOptions { IdleTimeout = TimeSpan.FromMilliseconds(200) });

        await Assert.ThrowsAsync<TimeoutException>(() => client.FillAsync(destination));

        Assert.Equal([0, 0, 0, 0], destination);
        await server.Left.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task FillAsync_HeadersThatNeverCome_AreNotWaitedForLongerThanTheHttpClient()
    {
        await using var server = new HostileServer(hangs: true, "");
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(200), BaseAddress = server.Address };

        await Assert.ThrowsAsync<TimeoutException>(() => new OpenEntropyClient(http).GetBytesAsync(4));
    }

    [Fact]
    public async Task FillAsync_Cancelled_ThrowsWithTheCallersToken()
    {
        await using var server = new HostileServer(hangs: true, Octets + "Content-Length: 4\r\n\r\nabc");
        using var cancellation = new CancellationTokenSource();

        var filling = server.Client().FillAsync(new byte[4], cancellation: cancellation.Token);
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => filling);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task OpenStreamAsync_CancelledInTheBody_ClosesTheConnection()
    {
        await using var server = new HostileServer(hangs: true, Octets + "Content-Length: 40000\r\n\r\nabc");
        using var cancellation = new CancellationTokenSource();
        await using var stream = await server.Client().OpenStreamAsync(new StreamOptions { Length = 40_000 }, cancellation.Token);
        var piece = new byte[100];
        await stream.ReadExactlyAsync(piece.AsMemory(0, 3), cancellation.Token);

        var reading = stream.ReadExactlyAsync(piece.AsMemory(), cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await stream.DisposeAsync();
        await server.Left.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task FillAsync_NobodyThere_IsTheHttpClientsException()
    {
        var server = new HostileServer(hangs: false, "");
        var client = server.Client();
        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetBytesAsync(4));
    }

    [Fact]
    public async Task FillAsync_Nothing_AsksNobody()
    {
        await using var server = new HostileServer(hangs: false, "");

        Assert.Empty(await server.Client().GetBytesAsync(0));
        Assert.Empty(server.Heads);
    }
}
