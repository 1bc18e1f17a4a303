using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Http.Tests;

/// <summary>Derived values of the service itself.</summary>
public sealed class ServiceValueTests(SharedService service) : IClassFixture<SharedService>
{
    private readonly OpenEntropyClient _client = service.Client;

    [Fact]
    public async Task GetIntegersAsync_WithAProof_AreThoseTheMappingMakes()
    {
        var values = await _client.GetIntegersAsync(1, 6, 20, new ValueOptions { Proof = true });

        using var bytes = ByteSupply.Replay(values.Proof!.Bytes);
        var again = new long[20];
        new IntegerRange(1, 6).Fill(bytes, again);
        Assert.Equal(again, values.Data);
        Assert.Equal("integers/1", values.Proof.Mapping);
    }

    [Fact]
    public async Task GetIntegersAsync_OfAllOfThem_AreWhole() =>
        Assert.Equal(3, (await _client.GetIntegersAsync(long.MinValue, long.MaxValue, 3)).Data.Distinct().Count());

    [Fact]
    public async Task GetSequenceAsync_AllOfARange_HasEachOnce() =>
        Assert.Equal(Enumerable.Range(1, 49).Select(n => (long)n), (await _client.GetSequenceAsync(1, 49, 49)).Data.Order());

    [Fact]
    public async Task GetFloatsAndGaussians_AreNumbers()
    {
        Assert.Equal(5, (await _client.GetFloatsAsync(5)).Data.Length);
        Assert.All((await _client.GetGaussiansAsync(1000, 0.5m, 5)).Data, value => Assert.InRange(value, 980, 1020)); // 40 deviations
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public async Task GetUuidsAsync_AVersion_IsTheirs(int version)
    {
        var values = await _client.GetUuidsAsync(version, 3, new ValueOptions { Proof = true });

        Assert.All(values.Data, uuid => Assert.Equal(version, uuid.Version));
        Assert.Equal(version == 7, values.Proof!.Time is not null);
    }

    [Fact]
    public async Task GetStringsAsync_AnAlphabet_IsAllTheyHave()
    {
        Assert.All(
            (await _client.GetStringsAsync(7, "äß𝄞&=", 4)).Data,
            text => Assert.All(text.EnumerateRunes(), rune => Assert.Contains(rune, "äß𝄞&=".EnumerateRunes()))
        );
        Assert.All((await _client.GetStringsAsync()).Data, text => Assert.Equal(32, text.Length));
    }

    [Fact]
    public async Task GetByteStringsAsync_OfALength_HaveIt() =>
        Assert.All((await _client.GetByteStringsAsync(17, 3)).Data, bytes => Assert.Equal(17, bytes.Length));

    [Fact]
    public async Task ShuffleAsync_ItemsWithCommas_ComeEachOnce()
    {
        string[] items = ["Smith, J.", "Doe", "Doe", "\"ä\""];

        Assert.Equal(items.Order(StringComparer.Ordinal), (await _client.ShuffleAsync(items)).Data.Order(StringComparer.Ordinal));
        Assert.Equal(2, (await _client.ShuffleAsync(items, 2)).Data.Length);
    }

    [Fact]
    public async Task ChooseAsync_ByWeights_GivesItems()
    {
        var values = await _client.ChooseAsync(["yes", "no"], [3, 1], 10);

        Assert.Equal(10, values.Data.Length);
        Assert.Equal("weights", (await Assert.ThrowsAsync<ServiceRefusalException>(() => _client.ChooseAsync(["yes"], [0]))).Field);
    }

    [Fact]
    public async Task GetFloatsAsync_OfRawSamples_IsRefusedHere() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _client.GetFloatsAsync(1, new ValueOptions { Bytes = new RandomOptions { Conditioning = RandomConditioning.Raw } })
        );
}
