using System.Net;
using OpenEntropy.Receipts;
using Xunit;

namespace OpenEntropy.Http.Tests;

/// <summary>The client against the service itself.</summary>
public sealed class ServiceRandomTests(SharedService service) : IClassFixture<SharedService>
{
    private static readonly RandomOptions s_limited = new() { Conditioning = RandomConditioning.Limited, WaitSeconds = 30 };
    private static readonly RandomOptions s_fresh = new() { Fresh = true, WaitSeconds = 30 };
    private static readonly RandomOptions s_raw = new()
    {
        Conditioning = RandomConditioning.Raw,
        Sources = ["scripted_a"],
        WaitSeconds = 30,
    };

    private readonly OpenEntropyClient _client = service.Client;

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task GetBytesAsync_AnyLength_GivesOtherBytesEachTime(int length)
    {
        var bytes = await _client.GetBytesAsync(length);

        Assert.Equal(length, bytes.Length);
        if (length >= 32)
            Assert.NotEqual(bytes[^32..], (await _client.GetBytesAsync(length))[^32..]);
    }

    [Fact]
    public async Task GetBytesAsync_LimitedFreshAndRaw_AreGiven()
    {
        Assert.Equal(48, (await _client.GetBytesAsync(48, s_limited)).Length);
        Assert.Equal(48, (await _client.GetBytesAsync(48, s_fresh)).Length);
        Assert.Equal(48, (await _client.GetBytesAsync(48, s_raw)).Length);
        Assert.Equal("raw", (await _client.GetUInt8Async(8, s_raw)).Quality);
        Assert.False((await _client.GetUInt8Async(8, s_raw with { Conditioning = RandomConditioning.VonNeumann })).IsConditioned);
    }

    [Fact]
    public async Task GetNumbers_EachType_AreAsManyAsAskedFor()
    {
        Assert.Equal(1000, (await _client.GetUInt8Async(1000)).Data.Length);
        Assert.Contains((await _client.GetUInt16Async(1000)).Data, number => number > 255);
        Assert.All((await _client.GetHex8Async(3, 5)).Data, block => Assert.Equal(10, block.Length));
        Assert.All((await _client.GetHex16Async(3, 5, s_limited)).Data, block => Assert.Equal(20, block.Length));
    }

    [Theory]
    [InlineData("uint8")]
    [InlineData("uint16")]
    [InlineData("hex8")]
    [InlineData("hex16")]
    public async Task GetNumbers_WithAReceipt_VerifyWithTheServicesKey(string type)
    {
        var (receipt, answer) = type switch
        {
            "uint8" => Of(await _client.GetUInt8Async(3, receipt: true)),
            "uint16" => Of(await _client.GetUInt16Async(3, receipt: true)),
            "hex8" => Of(await _client.GetHex8Async(3, 2, receipt: true)),
            _ => Of(await _client.GetHex16Async(3, 2, receipt: true)),
        };

        Assert.True(ReceiptPublicKey.TryParse(await _client.GetReceiptIdentityAsync(), out var key));
        Assert.True(ReceiptVerifier.Verify(answer!, key).IsValid);
        Assert.Equal(3, receipt!.Split('.').Length);
    }

    [Fact]
    public async Task GetUInt8Async_LengthZero_IsRefusedByNameAndRange()
    {
        var refusal = await Assert.ThrowsAsync<ServiceRefusalException>(() => _client.GetUInt8Async(0));

        Assert.Equal((HttpStatusCode.BadRequest, "length"), (refusal.Status, refusal.Field));
        Assert.Equal("length must be between 1 and 65536", refusal.Detail);
    }

    [Fact]
    public async Task GetBytesAsync_MoreLimitedBytesThanAPoolBacks_AreRefusedAndNotWaitedFor() =>
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await Assert.ThrowsAsync<ServiceRefusalException>(() => _client.GetBytesAsync(50_000, s_limited))).Status
        );

    [Fact]
    public async Task StreamAsync_OfALength_GivesThatManyBytes()
    {
        var count = 0L;
        await foreach (var piece in _client.StreamAsync(new StreamOptions { Length = 300_001 }))
            count += piece.Length;

        Assert.Equal(300_001, count);
    }

    [Fact]
    public async Task OpenStreamAsync_Endless_GivesBytesUntilItIsDisposed()
    {
        await using var stream = await _client.OpenStreamAsync();
        var bytes = new byte[100_000];

        await stream.ReadExactlyAsync(bytes);

        Assert.Contains(bytes, value => value != 0);
    }

    private static (string?, string?) Of<T>(RandomNumbers<T> numbers) => (numbers.Receipt, numbers.Answer);
}
