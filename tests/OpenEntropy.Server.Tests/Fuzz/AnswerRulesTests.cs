using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;
using Xunit;

namespace OpenEntropy.Server.Tests.Fuzz;

/// <summary>What the fuzz program finds fault with: answers that are right pass, and each with one thing wrong does not.</summary>
public sealed class AnswerRulesTests
{
    private const string Right =
        """{"success":true,"type":"uint8","length":2,"size":1,"conditioned":true,"quality":"drbg","data":[0,255]}""";
    private const string TwoLength = "length must be between 1 and 1500";

    [Theory]
    [InlineData("length=2&type=uint8", 200, Right)]
    [InlineData("l%65ngth=2&type=uint8", 200, Right)]
    [InlineData("length=0", 400, TwoLength)]
    [InlineData("a=1", 400, "unknown parameter 'a': known are length")]
    [InlineData("raw=true", 403, "raw samples are not served here")]
    public void FindFault_RightAnswer_IsNone(string query, int status, string body) => Assert.Null(Judge(query, status, body));

    [Theory]
    [InlineData("length=2&type=uint8", 500, "the service failed", "the status is 500")]
    [InlineData("length=2&type=uint8", 404, "there is no such route", "the status is 404")]
    [InlineData("length=2&type=uint8", 503, "the pool is dry", "there is nothing that this could lack: 503")]
    [InlineData("length=2&raw=false&fresh=false&receipt=false&conditioning=drbg", 503, "dry", "there is nothing that this could lack: 503")]
    [InlineData("length=2&conditioning=limited", 503, "the pool is dry", "503 does not say when to ask again")]
    [InlineData("length=2&fr%65sh=true", 503, "the pool is dry", "503 does not say when to ask again")]
    [InlineData("length=2&receipt=true", 503, "the pool is dry", "503 does not say when to ask again")]
    [InlineData("length=2&type=uint8", 429, "too many", "the status is 429")]
    [InlineData("length=2&type=uint8", 400, TwoLength, "a request that stands was refused")]
    [InlineData("raw=true", 400, TwoLength, "a refusal is 400, not 403")]
    [InlineData("length=0", 200, Right, "what the route does not take was accepted")]
    [InlineData("length=2&type=uint8&x", 200, Right, "what the route does not take was accepted")]
    [InlineData("length=2&length=2&type=uint8", 200, Right, "what the route does not take was accepted")]
    [InlineData("length=2&type=uint8&size=2", 200, Right, "a request that does not stand was answered with 200")]
    [InlineData("length=3&type=uint8", 200, Right, "the length told is not the one asked for")]
    [InlineData("length=2&type=uint8&receipt=true", 200, Right, "a receipt is missing, or was not asked for")]
    [InlineData("length=2&type=hex8", 200, Right, "the type or size told is not the one asked for")]
    [InlineData("length=2&type=uint8&format=lines", 200, Right, "the type is wrong")]
    [InlineData("length=2&type=uint8&conditioning=limited", 200, Right, "the quality told is not the one asked for")]
    [InlineData("lenght=0", 400, "it does not generate", "a refusal names nothing of the request or the route: it does not generate")]
    [InlineData("lenght=0", 400, "rates differ", "a refusal names nothing of the request or the route: rates differ")]
    [InlineData("lenght=0", 400, "something is wrong", "a refusal names nothing of the request or the route: something is wrong")]
    public void FindFault_WrongAnswer_IsTold(string query, int status, string body, string fault) =>
        Assert.StartsWith(fault, Judge(query, status, body), StringComparison.Ordinal);

    [Theory]
    [InlineData("conditioning=limited")]
    [InlineData("raw=true")]
    [InlineData("conditioning=vonneumann")]
    [InlineData("fresh=true")]
    [InlineData("receipt=true")]
    public void FindFault_503WhereEntropyMayLack_Stands(string query) =>
        Assert.Null(Judge(query, 503, "the pool is dry", "Retry-After", "7"));

    [Theory]
    [InlineData("/api/v1/identity", null)]
    [InlineData("/health", null)]
    [InlineData("/health/ready", null)]
    [InlineData("/api/v1/assessments", "there is nothing that this could lack: 503")]
    [InlineData("/api/v1/floats", "there is nothing that this could lack: 503")]
    [InlineData("/v1/qrng/latest", "there is nothing that this could lack: 503")]
    [InlineData("/metrics", "there is nothing that this could lack: 503")]
    public void FindFault_503OfOtherRoutes_StandsWhereTheyMayLackEntropy(string path, string? fault) =>
        Assert.Equal(fault, Judgement.Of(RouteTable.All.Single(each => each.Path == path), "", 503, "dry", "Retry-After", "7"));

    [Fact]
    public void FindFault_503OfADialect_IsToldWhateverItsUnknownParametersSay() =>
        Assert.Equal(
            "there is nothing that this could lack: 503",
            Judgement.Of(RouteTable.NewerAnu, "length=1&conditioning=limited&raw=true", 503, "dry", "Retry-After", "7")
        );

    [Theory]
    [InlineData("[0]", "the number of elements is wrong: 1, not 2")]
    [InlineData("[0,256]", "an element is not of its type: 256")]
    [InlineData("[0,01]", "the body is not what it says")]
    [InlineData("[0,\"1\"]", "an element is not of its type: 1")]
    [InlineData("[0,-1]", "an element is not of its type: -1")]
    public void FindFault_WrongElement_IsTold(string data, string fault) =>
        Assert.StartsWith(
            fault,
            Judge("length=2&type=uint8", 200, Right.Replace("[0,255]", data, StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Cache-Control", "private", "it may be stored or sniffed")]
    [InlineData("Content-Encoding", "gzip", "it is compressed, or a part")]
    [InlineData("Content-Range", "bytes 0-1/2", "it is compressed, or a part")]
    [InlineData("Accept-Ranges", "bytes", "Accept-Ranges is not none")]
    [InlineData("Connection", "close", "the connection is closed")]
    public void FindFault_WrongHeader_IsTold(string name, string value, string fault) =>
        Assert.Equal(fault, Judge("length=2&type=uint8", 200, Right, name, value));

    [Theory]
    [InlineData("format=bytes&length=3", "abc", null)]
    [InlineData("format=bytes&length=3", "abcd", "the length is wrong: 4, not 3")]
    [InlineData("format=hex&length=2", "0aff", null)]
    [InlineData("format=hex&length=2", "0aFF", "hex has other characters than its digits")]
    [InlineData("format=base64&length=2", "AAE=", null)]
    [InlineData("format=base64&length=2", "AAEC", "base64 does not decode to what was asked for")]
    [InlineData("format=lines&length=2&type=uint8", "0\n7\n", null)]
    [InlineData("format=lines&length=2&type=uint8", "0\n7", "the last line has no end")]
    public void FindFault_OtherBodies_AreDecoded(string query, string body, string? fault) =>
        Assert.Equal(
            fault,
            Judge(
                query,
                200,
                body,
                "Content-Type",
                query.Contains("bytes", StringComparison.Ordinal) ? "application/octet-stream" : "text/plain; charset=utf-8"
            )
        );

    [Fact]
    public void FindFault_RefusalByTheWebServer_StandsOnlyWhereHttpForbidsTheTarget()
    {
        var answer = new RawAnswer(400, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Connection"] = "close" }, []);

        Assert.Null(AnswerRules.FindFault(Request("length=\0"), answer, OpenEntropy.Fuzz.Checks.Limits.Small));
        Assert.Equal("the connection is closed", AnswerRules.FindFault(Request("length=0"), answer, OpenEntropy.Fuzz.Checks.Limits.Small));
    }

    private static string? Judge(string query, int status, string body, string? name = null, string? value = null) =>
        Judgement.Of(RouteTable.Random, query, status, body, name, value);

    private static FuzzRequest Request(string query) => new(RouteTable.Random, "GET", RouteTable.Random.Path, query.Split('&'), []);
}
