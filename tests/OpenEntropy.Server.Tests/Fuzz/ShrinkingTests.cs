using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Hunts;
using Xunit;

namespace OpenEntropy.Server.Tests.Fuzz;

public sealed class ShrinkingTests
{
    [Fact]
    public async Task Shrink_OnePartMatters_LeavesThatPartAlone()
    {
        var request = new FuzzRequest(
            RouteTable.Random,
            "HEAD",
            RouteTable.Random.Path,
            ["type=uint8", "length=1000000", "fresh=true"],
            ["Accept: */*", "Range: bytes=0-9"]
        );
        var finding = new Finding(7, request, "it broke: at first");

        var small = await Shrinking.ShrinkAsync(finding, each => Task.FromResult(Fault(each)));

        Assert.Equal("GET /api/v1/random?1", small.Request.ToString());
        Assert.Equal(("it broke: again", 7), (small.Fault, small.Number));
    }

    [Fact]
    public async Task Shrink_OtherFaultsOnTheWay_AreNotFollowed()
    {
        var request = new FuzzRequest(RouteTable.Random, "GET", RouteTable.Random.Path, ["ab"], []);

        var small = await Shrinking.ShrinkAsync(
            new Finding(0, request, "this"),
            each => Task.FromResult<string?>(each.Query == "?ab" ? "this" : "another")
        );

        Assert.Equal(request, small.Request);
    }

    private static string? Fault(FuzzRequest request) => request.Query.Contains('1', StringComparison.Ordinal) ? "it broke: again" : null;
}
