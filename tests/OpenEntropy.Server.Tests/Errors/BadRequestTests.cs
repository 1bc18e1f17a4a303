using System.Text;
using System.Text.Json;
using OpenEntropy.Fuzz.Http;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

/// <summary>
/// Every line of the tables of wrong requests, sent byte by byte over TCP, since clients repair what they send; and that the connection serves
/// the next request after each.
/// </summary>
public sealed class BadRequestTests(ListeningServices services) : IClassFixture<ListeningServices>
{
    private const string Api = "/api/v1/";
    private const string Route = Api + "random?";
    private const string NextRequest = "GET /api/v1/random?length=1&type=uint8 HTTP/1.1\r\nHost: localhost\r\n\r\n";

    public static TheoryData<string, int, string, string> ToRandom => RequestTable.Read("BadRequests.tsv");

    public static TheoryData<string, int, string, string> ToRandomWithRaw => RequestTable.Read("BadRawRequests.tsv");

    public static TheoryData<string, int, string, string> ToStream => RequestTable.Read("BadStreamRequests.tsv");

    public static TheoryData<string, int, string, string> ToValues => RequestTable.Read("BadValueRequests.tsv");

    public static TheoryData<string, int, string, string> ToLongValues => RequestTable.Read("BadLongValueRequests.tsv");

    public static TheoryData<string, int, string, string> ToDialects => RequestTable.Read("BadDialectRequests.tsv");

    public static TheoryData<string, int, string, string> ToOthers => RequestTable.Read("BadServiceRequests.tsv");

    [Theory]
    [MemberData(nameof(ToRandom))]
    public Task Get_WrongRequestToRandom_IsAnsweredByTheTable(string query, int status, string message, string header) =>
        AssertAnswerAsync(services.Shipped, Route + query, status, message, header);

    [Theory]
    [MemberData(nameof(ToRandomWithRaw))]
    public Task Get_WrongRequestForRawSamples_IsAnsweredByTheTable(string query, int status, string message, string header) =>
        AssertAnswerAsync(services.Raw, Route + query, status, message, header);

    [Theory]
    [MemberData(nameof(ToStream))]
    public Task Get_WrongRequestToTheStream_IsAnsweredByTheTable(string query, int status, string message, string header) =>
        AssertAnswerAsync(services.Shipped, Api + "stream?" + query, status, message, header);

    [Theory]
    [MemberData(nameof(ToValues))]
    public Task Get_WrongRequestForValues_IsAnsweredByTheTable(string target, int status, string message, string header) =>
        AssertAnswerAsync(services.Shipped, Api + target, status, message, header);

    [Theory]
    [MemberData(nameof(ToLongValues))]
    public Task Get_RequestForTooLongValues_IsAnsweredByTheTable(string target, int status, string message, string header) =>
        AssertAnswerAsync(services.Raw, Api + target, status, message, header);

    [Theory]
    [MemberData(nameof(ToDialects))]
    public Task Get_RequestOfAnotherService_IsAnsweredByTheTable(string target, int status, string message, string header) =>
        AssertAnswerAsync(services.Shipped, target, status, message, header);

    [Theory]
    [MemberData(nameof(ToOthers))]
    public Task Get_WrongRequestToAnotherRoute_IsAnsweredByTheTable(string target, int status, string message, string header) =>
        AssertAnswerAsync(services.Shipped, target, status, message, header);

    private static async Task AssertAnswerAsync(Uri service, string target, int status, string message, string header)
    {
        using var limit = new CancellationTokenSource(ServerFactory.Patience);
        using var connection = await RawConnection.OpenAsync(service, limit.Token);
        var end = $" HTTP/1.1\r\nHost: localhost\r\n{(header.Length > 0 ? header + "\r\n" : "")}\r\n";
        await connection.SendAsync((byte[])[.. "GET "u8, .. RequestTable.ToBytes(target), .. Encoding.ASCII.GetBytes(end)], limit.Token);

        var answer = await connection.ReadAsync(toHead: false, limit.Token);

        Assert.NotNull(answer);
        Assert.Equal((status, message == RequestTable.NoBody), (answer.Status, answer.Closes));
        if (message == RequestTable.NoBody)
        {
            Assert.Empty(answer.Body);
            return;
        }

        Assert.Equal("no-store", answer.Header("Cache-Control"));
        if (message != RequestTable.OwnBody)
        {
            Assert.Equal("application/json", answer.Header("Content-Type"));
            using var body = JsonDocument.Parse(answer.Body);
            Assert.Equal(["success", "message"], body.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.False(body.RootElement.GetProperty("success").GetBoolean());
            Assert.Equal(RequestTable.ToText(message), body.RootElement.GetProperty("message").GetString());
        }

        await connection.SendAsync(Encoding.ASCII.GetBytes(NextRequest), limit.Token);
        Assert.Equal(200, (await connection.ReadAsync(toHead: false, limit.Token))?.Status);
    }
}
