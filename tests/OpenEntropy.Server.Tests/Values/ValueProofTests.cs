using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Tests.Randomness;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>Every answer can be computed again from the bytes that its proof tells.</summary>
public sealed class ValueProofTests : ScriptedPoolTests
{
    [Theory]
    [InlineData("0", "1", 1000)]
    [InlineData("1", "6", 1000)]
    [InlineData("-1000", "31767", 1000)]
    [InlineData("0", "128", 5000)] // almost every second byte is dropped
    [InlineData("-9223372036854775808", "9223372036854775807", 100)]
    [InlineData("-9223372036854775808", "0", 100)]
    [InlineData("42", "42", 10)]
    public async Task Integers_Proof_GivesThemAgain(string min, string max, int count) =>
        await AssertProvenAsync(
            $"integers?min={min}&max={max}&count={count}",
            "integers/1",
            replay => Times(count, () => replay.Integer(min, max))
        );

    [Theory]
    [InlineData(1, 49, 6)]
    [InlineData(0, 999, 1000)]
    [InlineData(5, 5, 1)]
    [InlineData(-300, 300, 300)]
    public async Task Sequence_Proof_GivesItAgain(int min, int max, int count) =>
        await AssertProvenAsync(
            $"sequence?min={min}&max={max}&count={count}",
            "sequence/1",
            replay => replay.Shuffle(Enumerable.Range(min, max - min + 1).Select(number => $"{number}"), count)
        );

    [Fact]
    public async Task Floats_Proof_GivesThemAgain() =>
        await AssertProvenAsync("floats?count=1000", "floats/1", replay => Times(1000, replay.Float));

    [Theory]
    [InlineData("count=1000", 0, 1, 1000)]
    [InlineData("count=7&mean=-2.5&deviation=0.125", -2.5, 0.125, 7)]
    public async Task Gaussians_Proof_GivesThemAgain(string query, double mean, double deviation, int count)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var (replay, data) = await ProvenAsync(host.Client, "gaussians?" + query, "gaussians/1");

        for (var i = 0; i < count; i += 2)
        {
            var (first, second) = replay.Gaussians();
            Assert.Equal(mean + (deviation * first), double.Parse(data[i], CultureInfo.InvariantCulture), 1e-12 * deviation);
            if (i + 1 < count)
            {
                Assert.Equal(mean + (deviation * second), double.Parse(data[i + 1], CultureInfo.InvariantCulture), 1e-12 * deviation);
            }
        }

        Assert.Equal(count, data.Count);
        Assert.True(replay.AtEnd);
    }

    [Fact]
    public async Task Uuids_Proof_GivesThemAgain()
    {
        await AssertProvenAsync("uuids?count=100", "uuids4/1", replay => Times(100, replay.Uuid4));
        await AssertProvenAsync("uuids?version=4", "uuids4/1", replay => Times(1, replay.Uuid4));
    }

    [Fact]
    public async Task Uuids_Version7_HoldTheTimeOfTheServiceAndRise()
    {
        var time = new ManualTimeProvider();
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var host = await RandomHost.StartAsync(Pool, time: time);

        var (replay, data) = await ProvenAsync(host.Client, "uuids?version=7&count=5000", "uuids7/1");

        Assert.Equal(replay.Uuids7(milliseconds, 5000), data);
        Assert.Equal(data.Order(StringComparer.Ordinal), data);
        Assert.True(replay.AtEnd);
    }

    [Theory]
    [InlineData("7", 503)]
    [InlineData("4", 200)]
    public async Task Uuids_ClockBefore1970_AreRefusedWhereTheyCountFromThere(string version, int status)
    {
        var time = new ManualTimeProvider();
        time.WallStep = DateTimeOffset.UnixEpoch - time.GetUtcNow() - TimeSpan.FromTicks(1);
        await using var host = await RandomHost.StartAsync(Pool, time: time);
        var address = $"/api/v1/uuids?version={version}";

        using var before = await host.Client.GetAsync(address);
        using var head = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        time.WallStep += TimeSpan.FromTicks(1);
        using var after = await host.Client.GetAsync(address);

        Assert.Equal((status, status, 200), ((int)before.StatusCode, (int)head.StatusCode, (int)after.StatusCode));
        if (status == 503)
        {
            Assert.Equal(TimeSpan.FromMinutes(1), before.Headers.RetryAfter!.Delta);
            Assert.Contains(
                "the clock of the service stands before 1970",
                await before.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("strings?length=1000&count=3&alphabet=ACGT", "ACGT", 1000, 3)]
    [InlineData("strings?alphabet=%F0%9F%98%80%C3%A9%22%5C%0A&length=50&count=20", "😀é\"\\\n", 50, 20)]
    [InlineData("strings", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 32, 1)]
    public async Task Strings_Proof_GivesThemAgain(string address, string alphabet, int length, int count) =>
        await AssertProvenAsync(address, "strings/1", replay => Times(count, () => replay.Text(alphabet, length)));

    [Theory]
    [InlineData("shuffle?items=a,b,c,d,e,f,g", 7)]
    [InlineData("shuffle?items=a,b,c,d,e,f,g&count=3", 3)]
    [InlineData("shuffle?items=a,b,c,d,e,f,g&count=1", 1)]
    public async Task Shuffle_Proof_GivesItAgain(string address, int count) =>
        await AssertProvenAsync(address, "shuffle/1", replay => replay.Shuffle("abcdefg".Select(each => $"{each}"), count));

    [Theory]
    [InlineData("choice?items=a,b,c&count=300", new[] { 1, 1, 1 })]
    [InlineData("choice?items=a,b,c&count=300&weights=1000000000,1,70", new[] { 1_000_000_000, 1, 70 })]
    public async Task Choice_Proof_GivesItAgain(string address, int[] weights) =>
        await AssertProvenAsync(address, "choice/1", replay => Times(300, () => replay.Choice(["a", "b", "c"], weights)));

    [Fact]
    public async Task Bytes_Proof_GivesThemAgain()
    {
        await AssertProvenAsync("bytes?count=3", "bytes/1", replay => Times(3, () => Convert.ToHexStringLower(replay.Take(32))));
        await AssertProvenAsync(
            "bytes?length=16&encoding=base64&count=3",
            "bytes/1",
            replay => Times(3, () => Convert.ToBase64String(replay.Take(16)))
        );
        await AssertProvenAsync(
            "bytes?length=1024&encoding=base64url",
            "bytes/1",
            replay => Times(1, () => Convert.ToBase64String(replay.Take(1024)).TrimEnd('=').Replace('+', '-').Replace('/', '_'))
        );
    }

    [Theory]
    [InlineData("conditioning=limited")]
    [InlineData("fresh=true")]
    public async Task Integers_OfScarceBytes_ArePrefixesOfWhatWasDrawn(string quality)
    {
        // Almost every second byte is dropped, so limited output is drawn on several times.
        await AssertProvenAsync(
            $"integers?min=0&max=128&count=500&timeout=30&{quality}",
            "integers/1",
            replay => Times(500, () => replay.Integer("0", "128"))
        );
    }

    [Fact]
    public async Task Shuffle_OfABody_ProvesItToo()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        using var content = new StringContent("""["a,b","é","\n"]""", Encoding.UTF8, "application/json");
        using var answer = await host.Client.PostAsync("/api/v1/shuffle?proof=true", content);
        var (replay, data) = Proven(await answer.Content.ReadAsStringAsync(), "shuffle/1");

        Assert.Equal(replay.Shuffle(["a,b", "é", "\n"], 3), data);
    }

    private static IEnumerable<string> Times(int count, Func<string> make) => [.. Enumerable.Range(0, count).Select(_ => make())];

    private async Task AssertProvenAsync(string address, string mapping, Func<ProofReplay, IEnumerable<string>> again)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var (replay, data) = await ProvenAsync(host.Client, address, mapping);

        Assert.Equal(again(replay), data);
        Assert.True(replay.AtEnd, "the proof has bytes that were not consumed");
    }

    private static async Task<(ProofReplay Replay, List<string> Data)> ProvenAsync(HttpClient client, string address, string mapping) =>
        Proven(
            await client.GetStringAsync($"/api/v1/{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}proof=true"),
            mapping
        );

    private static (ProofReplay Replay, List<string> Data) Proven(string body, string mapping)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        Assert.Equal("data", root.EnumerateObject().Last().Name);
        Assert.Equal(mapping, root.GetProperty("proof").GetProperty("mapping").GetString());
        var data = root.GetProperty("data").EnumerateArray().Select(each => each.ToString()).ToList();
        Assert.Equal(root.GetProperty("count").GetInt32(), data.Count);
        return (new ProofReplay(Convert.FromHexString(root.GetProperty("proof").GetProperty("bytes").GetString()!)), data);
    }
}
