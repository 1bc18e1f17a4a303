using System.Net;
using System.Text.Json;
using OpenEntropy.Pool;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Randomness;
using OpenEntropy.Server.Values;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>Bounds that depend on several parameters: what is refused names the one that makes it too much, and a range that is right.</summary>
public sealed class ValueRulesTests
{
    [Fact]
    public void FindLengthError_OneValueLongerThanAnAnswer_NamesItsLength()
    {
        var options = new RandomnessOptions { MaxJsonBytes = 2048 };
        var fits = new ValuePlan("test/1", 1, default, 8192, (_, _) => { }) { Length = new ElementLength(1024, UnitText: 8) };

        Assert.Null(ValueRules.FindLengthError(fits, options));
        var error = ValueRules.FindLengthError(fits with { LongestText = 8193 }, options)!;
        Assert.Equal("length", error.Field);
        Assert.Equal(
            "length must be between 1 and 1023 with these parameters, so that one value takes at most 2048 random bytes and 8192 bytes of text",
            error.Message
        );
    }

    [Theory]
    [InlineData("bytes?length=385&conditioning=limited", "length", 384)]
    [InlineData("bytes?length=1024&count=7&conditioning=limited", "length", 384)]
    [InlineData("bytes?length=384&count=2&conditioning=limited", "count", 1)]
    [InlineData("strings?length=1024&alphabet=ab&conditioning=limited", "length", 384)]
    public async Task Get_OneValueMoreThanAFullPoolBacks_NamesItsLength(string address, string field, int most)
    {
        await using var pool = new EntropyPool(new EntropyPoolOptions { Pool = new SeedPoolOptions { Capacity = 8 } });
        await using var host = await RandomHost.StartAsync(pool);

        using var answer = await host.Client.GetAsync("/api/v1/" + address);

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            $"{field} must be between 1 and {most} with conditioning=limited and these parameters, "
                + "so that 384 bytes, the most that a full pool backs, suffice",
            body.RootElement.GetProperty("message").GetString()
        );
    }
}
