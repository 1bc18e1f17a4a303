using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>The answers of the routes of values.</summary>
public sealed class ValueEndpointTests : ScriptedPoolTests
{
    [Theory]
    [InlineData("integers?min=1&max=6&count=3", "success type count min max conditioned quality data")]
    [InlineData("sequence?min=1&max=6&count=3", "success type count min max conditioned quality data")]
    [InlineData("floats?count=3", "success type count conditioned quality data")]
    [InlineData("gaussians?count=3", "success type count mean deviation conditioned quality data")]
    [InlineData("uuids?count=3", "success type count version conditioned quality data")]
    [InlineData("strings?count=3", "success type count length conditioned quality data")]
    [InlineData("shuffle?items=a,b,c", "success type count conditioned quality data")]
    [InlineData("choice?items=a,b,c&count=3", "success type count conditioned quality data")]
    [InlineData("bytes?count=3&proof=true", "success type count length encoding conditioned quality proof data")]
    public async Task Get_Json_HasTheMembersInTheirOrder(string address, string members)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await host.Client.GetAsync("/api/v1/" + address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("none", string.Join(',', answer.Headers.AcceptRanges));
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(members, string.Join(' ', json.RootElement.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(address.Split('?')[0], json.RootElement.GetProperty("type").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("count").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal("drbg", json.RootElement.GetProperty("quality").GetString());
    }

    [Theory]
    [InlineData("min=-9007199254740991&max=9007199254740991", JsonValueKind.Number)]
    [InlineData("min=-9007199254740992&max=0", JsonValueKind.String)]
    [InlineData("min=0&max=9007199254740992", JsonValueKind.String)]
    [InlineData("min=9223372036854775807&max=9223372036854775807", JsonValueKind.String)]
    public async Task Get_IntegersBeyond53Bits_AreStrings(string range, JsonValueKind kind)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        foreach (var route in new[] { "integers", "sequence" })
        {
            using var json = JsonDocument.Parse(await host.Client.GetStringAsync($"/api/v1/{route}?{range}"));

            Assert.Equal(kind, json.RootElement.GetProperty("data")[0].ValueKind);
            Assert.Equal(kind, json.RootElement.GetProperty("min").ValueKind);
            Assert.Equal(kind, json.RootElement.GetProperty("max").ValueKind);
        }
    }

    [Theory]
    [InlineData("format=lines", "*/*", true)]
    [InlineData("", "text/plain", true)]
    [InlineData("format=json", "text/plain", false)]
    [InlineData("", "application/octet-stream", false)]
    [InlineData("", "", false)]
    public async Task Get_Lines_HasOneElementEach(string query, string accept, bool lines)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        if (accept.Length > 0)
        {
            host.Client.DefaultRequestHeaders.Add("Accept", accept);
        }

        using var answer = await host.Client.GetAsync($"/api/v1/integers?min=1&max=6&count=50&{query}");

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(lines ? "text/plain; charset=utf-8" : "application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(lines, answer.Headers.Contains(RandomHeaders.Quality));
        if (lines)
        {
            Assert.EndsWith("\n", body, StringComparison.Ordinal);
            Assert.All(body.TrimEnd('\n').Split('\n'), line => Assert.InRange(int.Parse(line), 1, 6));
            Assert.Equal(50, body.Count(each => each == '\n'));
        }
    }

    [Fact]
    public async Task Get_LinesOfText_AreUnquotedAndUnescaped()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var body = await host.Client.GetStringAsync("/api/v1/choice?items=%22%C3%A9%5C&count=2&format=lines");

        Assert.Equal("\"é\\\n\"é\\\n", body);
    }

    [Theory]
    [InlineData("conditioning=limited", "limited")]
    [InlineData("fresh=true", "drbg")]
    public async Task Get_ScarceBytes_AreAccountedAndNamed(string query, string quality)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var before = Pool.Status;

        using var json = JsonDocument.Parse(await host.Client.GetStringAsync($"/api/v1/floats?count=10&timeout=30&{query}"));

        Assert.Equal(quality, json.RootElement.GetProperty("quality").GetString());
        var block = Pool.Status.BlockBits / 8;
        Assert.Equal(quality == "limited" ? (70 + block - 1) / block * block : 0, Pool.Status.LimitedBytes - before.LimitedBytes);
        // A generator takes its first seed when it is first used, which a limited request may happen to do.
        Assert.InRange(Seedings(Pool.Status) - Seedings(before), quality == "limited" ? 0 : 1, 1);
    }

    [Theory]
    [InlineData("conditioning=limited")]
    [InlineData("fresh=true")]
    public async Task Get_MoreThanAFullPoolBacks_Is400WithTheBound(string query)
    {
        await using var host = await RandomHost.StartAsync(
            Pool,
            options =>
            {
                options.MaxLength = 1 << 24;
                options.MaxJsonBytes = 1 << 26;
            }
        );
        var bound = query == "fresh=true" ? Pool.MaximumFreshBytes : Pool.MaximumLimitedBytes;
        var most = bound / 1024;

        using var answer = await host.Client.GetAsync($"/api/v1/bytes?length=1024&count={most + 1}&{query}");

        // Where a full pool backs more than one answer may hold, that is said first.
        var message = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"count must be between 1 and {Math.Min(most, 1 << 16)} with", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytes?length=1024&count={0}", 2, 2048)]
    [InlineData("integers?min=0&max=9223372036854775807&count={0}", 256, 2048)]
    [InlineData("integers?min=7&max=7&count={0}", 256, 2048)] // no byte, but text: 8,192 bytes at most
    [InlineData("choice?items=" + "0123456789012345678901234567890123456789012345678901234567890" + "&count={0}", 128, 2048)]
    public async Task Get_MoreThanOneAnswerMayHold_Is400WithTheBound(string address, int most, int maxBytes)
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.MaxJsonBytes = maxBytes);

        using var fits = await host.Client.GetAsync("/api/v1/" + string.Format(null, address, most));
        using var exceeds = await host.Client.GetAsync("/api/v1/" + string.Format(null, address, most + 1));

        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, exceeds.StatusCode);
        Assert.Contains(
            $"count must be between 1 and {most} with these parameters",
            await exceeds.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("integers?min=0&max=9&count=65536")]
    [InlineData("uuids?count=65536")]
    [InlineData("gaussians?count=65536&format=lines")]
    [InlineData("sequence?min=1&max=65536&count=65536&proof=true")]
    public async Task Get_Bulk_ArrivesWhole(string address)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await host.Client.GetAsync("/api/v1/" + address);

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(65_536, body.Contains('\n', StringComparison.Ordinal) ? body.Count(c => c == '\n') : Elements(body));
    }

    [Fact]
    public async Task Get_Twice_GivesDifferentValues()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var first = await host.Client.GetStringAsync("/api/v1/bytes");
        var second = await host.Client.GetStringAsync("/api/v1/bytes");

        Assert.NotEqual(first, second); // equal once in 2^256
    }

    [Theory]
    [InlineData("integers?min=1&max=6", "application/json")]
    [InlineData("floats?count=65536&format=lines", "text/plain; charset=utf-8")]
    [InlineData("floats?conditioning=limited&timeout=30", "application/json")]
    public async Task Head_Values_ConsumesNothing(string address, string type)
    {
        Assert.True(SpinWait.SpinUntil(() => Pool.Status.BlocksAvailable > 1, TimeSpan.FromSeconds(30)));
        await using var host = await RandomHost.StartAsync(Pool);
        var before = Pool.Status;
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/" + address);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((before.DrbgBytes, before.LimitedBytes), (Pool.Status.DrbgBytes, Pool.Status.LimitedBytes));
    }

    [Fact]
    public async Task Get_PoolDry_Is503WithinTheTimeout()
    {
        await StopHarvestAsync();
        await using var host = await RandomHost.StartAsync(Pool);
        while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.Status.BlockBits / 8])) { }

        using var limited = await host.Client.GetAsync("/api/v1/floats?conditioning=limited");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, limited.StatusCode);
        Assert.NotNull(limited.Headers.RetryAfter);
    }

    private static int Elements(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("data").GetArrayLength();
    }

    // The request may meet a generator of another core that had no seed before: its first is as fresh.
    private static long Seedings(EntropyPoolStatus status) =>
        status.Reseeds.GetValueOrDefault("fresh") + status.Reseeds.GetValueOrDefault("instantiate");
}
