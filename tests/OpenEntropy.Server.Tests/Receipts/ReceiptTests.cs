using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Receipts;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>What receipts say, through the public door, on scripted noise.</summary>
public sealed class ReceiptTests : ReceiptPoolTests
{
    private const string Jose = "application/jose+json";

    [Theory]
    [InlineData("type=uint8&length=1")]
    [InlineData("type=uint8&length=1024")]
    [InlineData("type=uint16&length=300")]
    [InlineData("type=hex8&size=3&length=7")]
    [InlineData("type=hex16&size=10&length=20")]
    [InlineData("")]
    [InlineData("type=hex8&size=1024&length=200")]
    [InlineData("type=uint8&length=65536")]
    [InlineData("type=uint16&length=65535")]
    [InlineData("type=hex16&size=1024&length=100")]
    [InlineData("type=uint8&length=16&conditioning=limited&timeout=30")]
    [InlineData("type=uint8&length=16&fresh=true&timeout=30")]
    [InlineData("type=uint8&length=16&raw=true&source=scripted_a&timeout=30")]
    [InlineData("type=uint8&length=16&raw=true&timeout=30")]
    [InlineData("type=uint8&length=4&conditioning=vonneumann&source=scripted_a&timeout=30")]
    public async Task Get_WithReceipt_IsVerifiedWithItsDataInBothForms(string query)
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync($"{query}&receipt=true");
        var signed = await host.GetAsync(query, Jose);

        var key = await host.KeyAsync();
        foreach (var text in new[] { answer, signed })
        {
            var result = ReceiptVerifier.Verify(text, key);
            Assert.True(result.IsValidForData, string.Join("; ", result.Checks));
            Assert.Contains($"\"{result.Receipt!.Type}\"", text == answer ? answer : PayloadOf(signed), StringComparison.Ordinal);
        }

        Assert.Equal(ReceiptOutcome.Passed, ReceiptVerifier.Verify(answer, key)[ReceiptCheck.Answer]);
        using var json = JsonDocument.Parse(answer);
        Assert.Equal(["receipt", "data"], json.RootElement.EnumerateObject().TakeLast(2).Select(member => member.Name));
        using var payload = JsonDocument.Parse(PayloadOf(signed));
        Assert.Equal("data", payload.RootElement.EnumerateObject().Last().Name);
    }

    [Fact]
    public async Task Get_WithReceipt_IsVerifiedByHand()
    {
        await using var host = await StartAsync();

        using var answer = JsonDocument.Parse(await host.GetAsync("type=uint16&length=5&receipt=true"));
        using var identity = JsonDocument.Parse(await host.Client.GetStringAsync(ReceiptHost.Identity));

        var parts = answer.RootElement.GetProperty("receipt").GetString()!.Split('.');
        using var key = ECDsa.Create();
        key.ImportFromPem(identity.RootElement.GetProperty("pem").GetString());
        Assert.True(
            key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );
        byte[] data =
        [
            .. answer
                .RootElement.GetProperty("data")
                .EnumerateArray()
                .Select(element => element.GetUInt16())
                .SelectMany(word => new[] { (byte)(word >> 8), (byte)word }),
        ];
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(data)), claims.RootElement.GetProperty("sha256").GetString());
        Assert.Equal(10, claims.RootElement.GetProperty("bytes").GetInt32());
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        var jwk = Assert.Single(identity.RootElement.GetProperty("keys").EnumerateArray());
        Assert.Equal(jwk.GetProperty("kid").GetString(), header.RootElement.GetProperty("kid").GetString());
        Assert.Equal("kty crv x y alg use kid", string.Join(' ', jwk.EnumerateObject().Select(member => member.Name)));
    }

    [Theory]
    [InlineData("length=48", "drbg", 1)]
    [InlineData("length=48&conditioning=limited&timeout=30", "limited", 1)]
    [InlineData("length=49&conditioning=limited&timeout=30", "limited", 2)]
    [InlineData("length=65536&fresh=true&timeout=30", "drbg", 1)]
    public async Task Get_WithReceipt_TellsTheBlocksBehindIt(string query, string quality, int blocks)
    {
        await using var host = await StartAsync();

        var result = ReceiptVerifier.Verify(await host.GetAsync($"type=uint8&{query}&receipt=true"), await host.KeyAsync());

        var receipt = result.Receipt!;
        Assert.Equal((quality, (long)blocks), (receipt.Quality, receipt.SeedBlocks));
        Assert.Equal(blocks * (long)Pool.Status.BlockRequirementBits, receipt.CreditedBits);
        Assert.Equal(1, receipt.LeaveOut);
        var credited = Pool
            .Status.Sources.Where(source => source.CreditedBits > 0)
            .ToDictionary(source => source.Info.Name, StringComparer.Ordinal);
        Assert.NotEmpty(receipt.Sources);
        Assert.All(
            receipt.Sources,
            source =>
            {
                Assert.InRange(source.CreditedBits!.Value, 0.1, credited[source.Name].CreditedBits + 0.1);
                Assert.Null(source.State);
            }
        );
    }

    [Fact]
    public async Task Get_WithReceipt_IsDatedByTheServicesClock()
    {
        var time = new ManualTimeProvider();
        time.Advance(TimeSpan.FromMilliseconds(1234));
        await using var host = await ReceiptHost.StartAsync(Pool, Storage, time);

        var result = ReceiptVerifier.Verify(await host.GetAsync("receipt=true"), await host.KeyAsync(), time: time);

        Assert.Equal(time.GetUtcNow(), result.Receipt!.Time);
        Assert.True(result.IsValidForData);
    }

    [Fact]
    public async Task Get_RawWithReceipt_ClaimsNoCredit()
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync("type=uint8&length=16&raw=true&source=scripted_b&timeout=30&receipt=true");

        var receipt = ReceiptVerifier.Verify(answer, await host.KeyAsync()).Receipt!;
        Assert.Equal(("raw", 0L, 0L), (receipt.Quality, receipt.SeedBlocks, receipt.CreditedBits));
        var source = Assert.Single(receipt.Sources);
        Assert.Equal(("scripted_b", null), (source.Name, source.CreditedBits));
        Assert.NotNull(source.State);
    }

    [Fact]
    public async Task Get_AnswerWithReceipt_HasNoQuotedDigitsAfterDataButItsElements()
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync("length=2&size=2&receipt=true");

        Assert.StartsWith("{\"success\":true,\"type\":\"hex16\",\"length\":2,\"size\":2,", answer, StringComparison.Ordinal);
        Assert.Matches(
            "\"receipt\":\"[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}\",\"data\":\\[\"[0-9a-f]{8}\",\"[0-9a-f]{8}\"\\]}$",
            answer
        );
    }

    [Fact]
    public async Task Get_ManyAtOnceAndAfterRestarts_GivesEveryNumberOnceAndHigherAfterARestart()
    {
        const int AtOnce = 50;
        var numbers = new List<long>();
        string? keyId = null;
        for (var start = 0; start < 3; start++)
        {
            await using var host = await StartAsync();
            var answers = await Task.WhenAll(
                Enumerable.Range(0, AtOnce).Select(_ => host.GetAsync("type=uint8&length=4&receipt=true&timeout=30"))
            );
            var key = await host.KeyAsync();
            Assert.Equal(keyId ??= key.KeyId, key.KeyId);

            long[] given = [.. answers.Select(answer => ReceiptVerifier.Verify(answer, key).Receipt!.Sequence)];

            Assert.True(given.Min() > numbers.DefaultIfEmpty(0).Max());
            numbers.AddRange(given);
            var next = ReceiptVerifier.Verify(await host.GetAsync("receipt=true"), key).Receipt!.Sequence;
            Assert.True(next > numbers.Max());
            numbers.Add(next);
        }

        Assert.Equal(3 * (AtOnce + 1), numbers.Distinct().Count());
    }

    private static string PayloadOf(string flattened)
    {
        using var json = JsonDocument.Parse(flattened);
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(json.RootElement.GetProperty("payload").GetString()));
    }
}
