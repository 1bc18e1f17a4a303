using System.Net;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Bodies whose bytes are drawn while they are written.</summary>
public sealed class ElementSlicesTests : ScriptedPoolTests
{
    [Theory]
    [InlineData("type=uint8&length=65536", true)] // as much as is drawn at once
    [InlineData("type=uint8&length=65537", false)]
    [InlineData("type=uint16&length=32768", true)]
    [InlineData("type=uint16&length=32769", false)]
    [InlineData("type=uint8&length=200000", false)]
    [InlineData("type=hex8&size=1&length=100000", true)]
    [InlineData("type=hex16&size=1024&length=33", true)]
    [InlineData("type=hex16&size=1023&length=2000", true)]
    [InlineData("type=hex16&size=10&length=65536", true)]
    public async Task Get_Large_IsWholeAndHasItsLengthWhereThatIsKnown(string query, bool hasLength)
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.MaxLength = 200_000);
        var before = Pool.Status.DrbgBytes;

        using var answer = await host.Client.GetAsync($"{Route}?{query}", HttpCompletionOption.ResponseHeadersRead);
        var told = answer.Content.Headers.ContentLength; // reading the body would set it
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(hasLength ? body.Length : null, told);
        using var json = JsonDocument.Parse(body);
        var elements = json.RootElement.GetProperty("data").EnumerateArray().Select(element => element.ToString()).ToList();
        Assert.Equal(json.RootElement.GetProperty("length").GetInt32(), elements.Count);
        var bytes = json.RootElement.GetProperty("type").GetString() switch
        {
            "uint8" => elements.Count,
            "uint16" => 2 * elements.Count,
            _ => elements.Sum(element => element.Length / 2),
        };
        Assert.Equal(bytes, Pool.Status.DrbgBytes - before);

        // Slices that repeated each other would show.
        Assert.True(
            elements.Chunk(16).Select(some => string.Join(' ', some)).Distinct(StringComparer.Ordinal).Count() > elements.Count / 17
        );
    }

    [Fact]
    public async Task Get_LargeLines_EndEachWithANewline()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var lines = (await host.Client.GetStringAsync($"{Route}?type=uint16&length=65536&format=lines")).Split('\n');

        Assert.Equal(65_537, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.All(lines[..^1], line => Assert.True(ushort.TryParse(line, out _)));
    }
}
