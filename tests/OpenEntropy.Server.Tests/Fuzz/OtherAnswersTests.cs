using OpenEntropy.Fuzz.Grammar;
using Xunit;

namespace OpenEntropy.Server.Tests.Fuzz;

/// <summary>What the fuzz program finds fault with on the stream, the routes of values and those of other services.</summary>
public sealed class OtherAnswersTests
{
    private const string Dice =
        """{"success":true,"type":"integers","count":2,"min":1,"max":6,"conditioned":true,"quality":"drbg","data":[4,1]}""";
    private const string Newer = """{"success":true,"type":"uint8","length":"2","data":[0,255]}""";
    private const string Older = """{"type":"string","length":1,"size":2,"data":["0aff"],"success":true}""";
    private const string NotStanding = "a request that does not stand was answered with 200";
    private const string NotTaken = "what the route does not take was accepted";

    [Theory]
    [InlineData("min=1&max=6&count=2", Dice, null)]
    [InlineData("max=6&min=1&count=2&proof=false&conditioning=drbg", Dice, null)]
    [InlineData("min=1&max=6", Dice, "the number of elements is wrong: 2, not 1")]
    [InlineData("min=1&max=6&count=2&proof=true", Dice, "a proof is missing, or was not asked for")]
    [InlineData("min=1&max=6&count=2&conditioning=limited", Dice, "the quality told is not the one asked for")]
    [InlineData("min=1&max=6&count=2&format=lines", Dice, "the body has another format")]
    [InlineData("min=7&max=6&count=2", Dice, NotStanding)]
    [InlineData("max=6&count=2", Dice, NotStanding)]
    [InlineData("min=1&max=6&count=1501", Dice, NotStanding)]
    [InlineData("min=1&max=6&count=2&fresh=true&conditioning=limited", Dice, NotStanding)]
    [InlineData("min=1&max=06&count=2", Dice, NotTaken)]
    [InlineData("min=1&max=9223372036854775808&count=2", Dice, NotTaken)]
    [InlineData("min=1&max=6&count=2&x", Dice, NotTaken)]
    [InlineData("min=1&max=6&count=2&min=1", Dice, NotTaken)]
    [InlineData("min=1&max=6&count=%zz", Dice, NotTaken)]
    public void FindFault_Integers_AreJudged(string query, string body, string? fault) =>
        Assert.Equal(fault, Judgement.Of(Find("/api/v1/integers"), query, 200, body));

    [Theory]
    [InlineData("/api/v1/strings", "alphabet=aba", NotTaken)]
    [InlineData("/api/v1/gaussians", "deviation=0", NotTaken)]
    [InlineData("/api/v1/gaussians", "mean=1000000000000.1", NotTaken)]
    [InlineData("/api/v1/shuffle", "items=a,,b", NotTaken)]
    [InlineData("/api/v1/shuffle", "items=a,b&count=3", NotStanding)]
    [InlineData("/api/v1/choice", "items=a,b&weights=1", NotStanding)]
    [InlineData("/api/v1/sequence", "min=1&max=6&count=7", NotStanding)]
    public void FindFault_ValuesOfAWrongRequest_AreTold(string path, string query, string fault) =>
        Assert.Equal(fault, Judgement.Of(Find(path), query, 200, Dice));

    [Theory]
    [InlineData("", "application/octet-stream", null)]
    [InlineData("format=hex", "text/plain; charset=utf-8", null)]
    [InlineData("format=hex", "application/octet-stream", "the type is wrong: application/octet-stream")]
    [InlineData("", "text/event-stream", NotStanding)] // which was not accepted
    [InlineData("raw=true", "application/octet-stream", NotStanding)]
    [InlineData("source=os_rng", "application/octet-stream", NotStanding)]
    [InlineData("raw=false&conditioning=raw", "application/octet-stream", NotStanding)]
    [InlineData("length=5", "application/octet-stream", "the length is wrong: , not 5")]
    [InlineData("length=0", "application/octet-stream", NotTaken)]
    [InlineData("length=1125899906842625", "application/octet-stream", NotTaken)]
    [InlineData("rate=1073741825", "application/octet-stream", NotTaken)]
    public void FindFault_Stream_IsJudged(string query, string type, string? fault) =>
        Assert.Equal(fault, Judgement.Of(Find("/api/v1/stream"), query, 200, "", "Content-Type", type));

    [Theory]
    [InlineData("length=2&type=uint8", 200, Newer, null)]
    [InlineData("length=2&type=uint8&length=0&x=%zz&Raw=true", 200, Newer, null)]
    [InlineData("length=2&type=uint8&raw=true", 200, Newer, NotTaken)]
    [InlineData("length=2&type=uint8&fresh", 400, "fresh must be left out here", null)]
    [InlineData("length=3&type=uint8", 200, Newer, "the length told is not the one asked for")]
    [InlineData("length=2&type=uint16", 200, Newer, "the type told is not the one asked for")]
    [InlineData("length=2&type=uint8", 200, Older, "the members are not in their order")]
    [InlineData("length=0&type=uint8&length=2", 200, Newer, NotTaken)]
    [InlineData("length=2&type=uint8&size=2", 200, Newer, NotStanding)]
    [InlineData("length=2&length=0", 400, "length must be between 1 and 1500", "a request that stands was refused")]
    [InlineData("size=1", 404, "there is no such route", "the status is 404")]
    [InlineData("size=1", 200, Newer, "it is not the page")]
    [InlineData("length=2", 404, "there is no such route", "the status is 404")]
    public void FindFault_NewerAnu_IsJudged(string query, int status, string body, string? fault) =>
        Assert.Equal(fault, Judgement.Of(RouteTable.NewerAnu, query, status, body));

    [Theory]
    [InlineData("length=1&type=hex16&size=2", Older, null)]
    [InlineData("length=1&size=2", Older, null)]
    [InlineData("length=1&type=hex16&size=4", Older, "an element is not of its type: 0aff")]
    [InlineData("length=1&type=hex8&size=2", Older, NotTaken)]
    public void FindFault_OlderAnu_CountsBytes(string query, string body, string? fault) =>
        Assert.Equal(fault, Judgement.Of(RouteTable.OlderAnu, query, 200, body));

    private static Route Find(string path) => RouteTable.All.Single(route => route.Path == path && route.Method == "GET");
}
