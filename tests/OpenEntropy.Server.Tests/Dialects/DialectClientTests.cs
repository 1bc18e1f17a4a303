using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>Reads the answers as each documented client does, over sockets.</summary>
public sealed class DialectClientTests : IAsyncLifetime
{
    private readonly ServerFactory _factory = new ServerFactory().OnKestrel();
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        using var client = await _factory.CreateReadyClientAsync();
        _address = client.BaseAddress!;
    }

    public async Task DisposeAsync() => await _factory.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/random/?length=64&size=3&type=hex16", 64 * 6)]
    [InlineData("/api/v1/random?length=64&size=3&type=hex16", 64 * 6)]
    [InlineData("/API/jsonI.php?length=64&size=3&type=hex16", 64 * 3)]
    [InlineData("/?length=64&size=3&type=hex8", 64 * 3)]
    [InlineData("/?length=1024&size=10&type=hex16", 1024 * 20)]
    public async Task QuantumLlama_AnyRoute_ReadsNothingBehindTheData(string path, int expected)
    {
        using var client = new HttpClient();

        Assert.Equal(expected, QuantumLlamaBody.Read(await client.GetStringAsync(new Uri(_address, path))).Length);
    }

    /// <summary>@qiskit/algo-anu asks by plain HTTP, so a proxy can be put before it; the request then names the host in its first line.</summary>
    [Fact]
    public async Task Qiskit_ThroughAProxyVariable_JoinsItsOctets()
    {
        using var handler = new HttpClientHandler { Proxy = new WebProxy(_address), UseProxy = true };
        using var client = new HttpClient(handler);

        using var body = JsonDocument.Parse(
            await client.GetStringAsync(new Uri("http://qrng.anu.edu.au/API/jsonI.php?type=hex16&size=1&length=8"))
        );

        Assert.True(body.RootElement.GetProperty("success").GetBoolean());
        var digits = string.Concat(body.RootElement.GetProperty("data").EnumerateArray().Select(octet => octet.GetString()));
        Assert.Matches("^[0-9a-f]{16}$", digits);
    }

    [Theory]
    [InlineData("uint8", 1, 255)]
    [InlineData("uint8", 1024, 255)]
    [InlineData("uint16", 1024, 65_535)]
    public async Task RngTsAndGoQrng_WithoutSize_ReadNumbersAndTheLengthTheyAskedFor(string type, int count, int largest)
    {
        using var client = new HttpClient();

        using var body = JsonDocument.Parse(await client.GetStringAsync(new Uri(_address, $"/API/jsonI.php?type={type}&length={count}")));

        Assert.True(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(count, body.RootElement.GetProperty("length").GetInt32());
        var numbers = body.RootElement.GetProperty("data").EnumerateArray().Select(number => number.GetInt32()).ToList();
        Assert.Equal(count, numbers.Count);
        Assert.All(numbers, number => Assert.InRange(number, 0, largest));
    }

    [Fact]
    public async Task QuantumRandom_Hex16_ReadsStringsOfTwiceTheBlockSize()
    {
        using var client = new HttpClient();

        using var body = JsonDocument.Parse(
            await client.GetStringAsync(new Uri(_address, "/API/jsonI.php?type=hex16&length=100&size=100"))
        );

        Assert.Equal("string", body.RootElement.GetProperty("type").GetString());
        Assert.Equal(100, body.RootElement.GetProperty("length").GetInt32());
        var data = string.Concat(body.RootElement.GetProperty("data").EnumerateArray().Select(block => block.GetString()));
        Assert.Equal(10_000, Convert.FromHexString(data).Length);
    }

    [Fact]
    public async Task QuantumVllm_KeyThenBatches_ReadsWordsWithoutWaiting()
    {
        using var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Add("Accept", "application/json");
        client.DefaultRequestHeaders.Add("Authorization", "Bearer ql_day_any");

        using var key = JsonDocument.Parse(await client.GetStringAsync(new Uri("/v1/auth/check-key", UriKind.Relative)));
        Assert.True(key.RootElement.GetProperty("capabilities").GetProperty("qrng").GetBoolean());

        var words = new List<uint>();
        for (var last = ""; words.Count < 1024; )
        {
            using var batch = JsonDocument.Parse(await client.GetStringAsync(new Uri("/v1/qrng/latest", UriKind.Relative)));
            var payload = Convert.FromBase64String(batch.RootElement.GetProperty("payload_b64").GetString()!);
            var hash = batch.RootElement.GetProperty("payload_hash").GetString()!;

            // A batch it has seen is passed over, and it waits for the next one.
            Assert.NotEqual(last, hash);
            Assert.Equal(0, payload.Length % sizeof(uint));
            Assert.InRange(WaitMilliseconds(batch.RootElement), 50, 50);
            words.AddRange(payload.Chunk(sizeof(uint)).Select(word => BinaryPrimitives.ReadUInt32LittleEndian(word)));
            last = hash;
        }

        Assert.True(words.Distinct().Count() > 1000); // 1,024 words of 32 bits: two are equal once in 8,000 runs
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pollen")]
    public async Task Pollinate_Challenge_IsVerifiedByTheFirstLine(string path)
    {
        using var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.TryAddWithoutValidation(
            "User-Agent",
            "pollinate/4.33 curl/8 Debian/13 Linux/6.1/x86_64 uptime/1.5/2.5"
        );
        var challenge = Convert.ToHexStringLower(SHA512.HashData("one of many"u8));
        using var form = new StringContent("challenge=" + challenge, Encoding.ASCII, "application/x-www-form-urlencoded");

        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(Convert.ToHexStringLower(SHA512.HashData(Encoding.ASCII.GetBytes(challenge))), body.Split('\n')[0]);
        Assert.Equal(64, Convert.FromHexString(body.Split('\n')[1]).Length);
    }

    // Its times have no fraction, or one of three or six digits: older Pythons read no other.
    private static double WaitMilliseconds(JsonElement batch)
    {
        var cadence = batch.GetProperty("cadence_ms").GetInt32();
        var wait = cadence - (Moment("server_time") - Moment("batch_closed_at")).TotalMilliseconds + 25;
        return Math.Max(50, Math.Min(wait, Math.Max(50, cadence)));

        DateTime Moment(string member) =>
            DateTime.ParseExact(
                batch.GetProperty(member).GetString()!,
                "yyyy-MM-ddTHH:mm:ss.fffZ",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal
            );
    }
}
