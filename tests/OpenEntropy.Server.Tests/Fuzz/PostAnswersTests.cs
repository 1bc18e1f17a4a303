using System.Security.Cryptography;
using OpenEntropy.Fuzz.Grammar;
using Xunit;

namespace OpenEntropy.Server.Tests.Fuzz;

/// <summary>What the fuzz program finds fault with where it sent a body.</summary>
public sealed class PostAnswersTests
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Shuffled = """{"success":true,"type":"shuffle","count":2,"conditioned":true,"quality":"drbg","data":["b","a"]}""";

    [Theory]
    [InlineData("", Json, """["a","b"]""", null)]
    [InlineData("count=2", "application/json; charset=utf-8", """["a","b","c"]""", null)]
    [InlineData("", Json, """["a","b","c"]""", "the number of elements is wrong: 2, not 3")]
    [InlineData("", Json, """["a","b",]""", "items that do not stand were accepted")]
    [InlineData("", Json, """["a",""]""", "items that do not stand were accepted")]
    [InlineData("", Json, """["a",1]""", "items that do not stand were accepted")]
    [InlineData("", "text/plain", """["a","b"]""", "items that do not stand were accepted")]
    [InlineData("count=3", Json, """["a","b"]""", "a request that does not stand was answered with 200")]
    [InlineData("items=a,b", Json, """["a","b"]""", "what the route does not take was accepted")]
    public void FindFault_ShuffleOfABody_IsJudged(string query, string type, string sent, string? fault) =>
        Assert.Equal(fault, Judgement.Of(Find("/api/v1/shuffle"), query, 200, Shuffled, sent: new FuzzBody(type, sent)));

    [Theory]
    [InlineData("challenge=a", null)]
    [InlineData("x=y&challenge=%61&challenge=b", null)]
    [InlineData("challenge=b", "the first line is not the hash")]
    [InlineData("challenge=", "what is no challenge was answered")]
    [InlineData("challenge=%zz", "what is no challenge was answered")]
    public void FindFault_Pollen_HashesTheChallenge(string sent, string? fault) =>
        Assert.Equal(
            fault,
            Judgement.Of(
                Find("/pollen"),
                "",
                200,
                $"{Convert.ToHexStringLower(SHA512.HashData("a"u8))}\n{new string('0', 128)}\n",
                sent: new FuzzBody(Form, sent)
            )
        );

    [Theory]
    [InlineData(201, """{"payload":"x","secret_keys":[]}""", "{}", null)]
    [InlineData(201, """{"payload":"x"}""", "{}", "secret keys are missing, or told twice")]
    [InlineData(200, """{"payload":"x","secret_keys":[]}""", "{}", "secret keys are missing, or told twice")]
    [InlineData(201, """{"payload":"x","secret_keys":[]}""", "[]", "a body that is no object was accepted")]
    [InlineData(413, "the body must have at most 16384 bytes", "{}", null)]
    [InlineData(429, "too many", "{}", "429 does not say when to ask again")]
    [InlineData(500, "the service failed", "{}", "the status is 500")]
    public void FindFault_Bundle_IsJudged(int status, string body, string sent, string? fault) =>
        Assert.Equal(
            fault,
            Judgement.Of(Find("/api/v1/pqc/bundles"), "", status, body, "Location", "/api/v1/pqc/bundles/1", new FuzzBody(Json, sent))
        );

    [Theory]
    [InlineData("""{"valid":false,"checks":[{"ok":false}]}""", null)]
    [InlineData("""{"valid":true,"checks":[]}""", "a made-up bundle is valid")]
    [InlineData("""{"valid":false,"checks":[{"ok":true}]}""", "a bundle is not valid, and nothing says why")]
    public void FindFault_Verification_IsJudged(string body, string? fault) =>
        Assert.Equal(fault, Judgement.Of(Find("/api/v1/pqc/bundles/verify"), "", 200, body, sent: new FuzzBody(Json, "{}")));

    [Fact]
    public void FindFault_GetOfPollen_IsRefusedAndNeverAnswered()
    {
        var route = RouteTable.All.Single(route => route is { Path: "/pollen", Method: "GET" });

        Assert.Equal("the status is 200", Judgement.Of(route, "", 200, ""));
        Assert.Null(Judgement.Of(route, "", 400, "this route takes a POST: challenge must be given"));
    }

    [Fact]
    public void ToBytes_OfABody_TellsItsLengthOnce()
    {
        var request = new FuzzRequest(Find("/pollen"), "POST", "/pollen", [], ["TE: trailers"])
        {
            Body = new FuzzBody(Form, "challenge=\u00ff"),
        };

        Assert.Equal(
            "POST /pollen HTTP/1.1\r\nHost: localhost\r\nTE: trailers\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\nchallenge=\u00ff",
            System.Text.Encoding.Latin1.GetString(request.ToBytes())
        );
    }

    private static Route Find(string path) => RouteTable.All.Single(route => route.Path == path && route.Method == "POST");
}
