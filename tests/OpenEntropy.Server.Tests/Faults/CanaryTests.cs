using System.Buffers.Binary;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>What was served is shown nowhere else.</summary>
public sealed class CanaryTests
{
    private static readonly string[] s_surfaces =
    [
        "/metrics",
        "/pool/status",
        "/health",
        "/health/live",
        "/sources",
        "/sources/scripted_a",
        "/openapi/v1.json",
        "/api/v1/random?length=0",
    ];

    [Fact]
    public async Task Get_AfterServing_NoOtherAnswerAndNoLogHoldsEightServedBytes()
    {
        await using var factory = new ServerFactory(("OpenEntropy:Randomness:AllowRaw", "true"));
        using var client = await factory.CreateReadyClientAsync();
        var served = new ShownBytes();
        foreach (
            var query in new[]
            {
                "",
                "&fresh=true&timeout=30",
                "&conditioning=limited&timeout=30",
                "&raw=true&source=scripted_a&timeout=30",
            }
        )
        {
            served.Add(await client.GetByteArrayAsync(new Uri($"/api/v1/random?format=bytes&length=4096{query}", UriKind.Relative)));
            var (_, body) = await client.JsonAsync($"/api/v1/random?type=uint8&length=4096{query}");
            served.Add([.. body.GetProperty("data").EnumerateArray().Select(element => element.GetByte())]);
        }

        foreach (var surface in s_surfaces)
        {
            using var answer = await client.GetAsync(new Uri(surface, UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.NotEmpty(text);
            Assert.True(served.FindIn(text) is null, $"{surface}: {served.FindIn(text)}");
        }

        var logs = factory.Logs.Text;
        Assert.Contains("Application started", logs, StringComparison.Ordinal);
        Assert.Null(served.FindIn(logs));
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("hex")]
    [InlineData("HEX")]
    [InlineData("base64")]
    [InlineData("json")]
    [InlineData("number")]
    public void FindIn_EightServedBytesInAText_AreFound(string notation)
    {
        byte[] bytes = [0xD3, 0x1F, 0x88, 0x64, 0xE9, 0x05, 0xB2, 0x4C];
        var served = new ShownBytes();
        served.Add([1, 2, 3, .. bytes, 7, 7]);

        // One byte before and after, so that no group of digits begins where the served ones do.
        byte[] shown = [0xAA, .. bytes, 0x55];
        var text = notation switch
        {
            "raw" => System.Text.Encoding.Latin1.GetString(shown),
            "hex" => Convert.ToHexStringLower(shown),
            "HEX" => Convert.ToHexString(shown),
            "base64" => Convert.ToBase64String(shown),
            "json" => JsonSerializer.Serialize(shown.Select(each => (int)each)),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes).ToString(),
        };

        Assert.NotNull(served.FindIn($"before {text} after"));
        Assert.Null(served.FindIn("before 12 after 0123456789abcdef [1,2,3,4,5,6,7,8,9]"));
    }
}
