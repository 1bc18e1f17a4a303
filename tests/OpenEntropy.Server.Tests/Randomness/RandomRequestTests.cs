using OpenEntropy.Server.Randomness;
using Xunit;
using static OpenEntropy.Server.Tests.Randomness.RequestParsing;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class RandomRequestTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?&&")]
    public void TryParse_NoParameters_GivesTheDefaults(string query)
    {
        var request = Accept(query);

        Assert.Equal(1024, request.Length);
        Assert.Equal(ElementType.Hex16, request.Type);
        Assert.Equal(1, request.Size);
        Assert.Equal(BodyFormat.Json, request.Format);
        Assert.Equal(PoolOutput.Drbg, request.Conditioning);
        Assert.False(request.Fresh);
        Assert.Equal(TimeSpan.Zero, request.Timeout);
        Assert.Null(request.Source);
        Assert.Equal(2048, request.TotalBytes);
    }

    [Fact]
    public void TryParse_EveryParameter_IsRead()
    {
        var request = Accept(
            "length=7&type=hex8&size=5&raw=true&source=a,b&conditioning=raw&fresh=false&timeout=30&format=json",
            RequestParsing.RawAllowed
        );

        Assert.Equal(7, request.Length);
        Assert.Equal(ElementType.Hex8, request.Type);
        Assert.Equal(5, request.Size);
        Assert.Equal(PoolOutput.Raw, request.Conditioning);
        Assert.Equal("a,b", request.Source);
        Assert.Equal(TimeSpan.FromSeconds(30), request.Timeout);
        Assert.Equal(35, request.TotalBytes);
    }

    [Theory]
    [InlineData("uint8", "UInt8", 1)]
    [InlineData("uint16", "UInt16", 2)]
    [InlineData("hex8", "Hex8", 1)]
    [InlineData("hex16", "Hex16", 2)]
    public void TryParse_Type_SetsTheElement(string type, string expected, int elementBytes)
    {
        var request = Accept($"type={type}");

        Assert.Equal(expected, request.Type.ToString());
        Assert.Equal(elementBytes, request.ElementBytes);
    }

    [Theory]
    [InlineData("type=hex8&size=3", 3)]
    [InlineData("type=hex16&size=3", 6)]
    [InlineData("size=1024", 2048)]
    [InlineData("type=uint8&size=1", 1)]
    public void TryParse_Size_IsBytesOrWords(string query, int elementBytes) => Assert.Equal(elementBytes, Accept(query).ElementBytes);

    [Theory]
    [InlineData("drbg", "Drbg")]
    [InlineData("sha256", "Drbg")]
    [InlineData("limited", "Limited")]
    [InlineData("raw", "Raw")]
    [InlineData("vonneumann", "VonNeumann")]
    public void TryParse_Conditioning_IsRead(string value, string expected) =>
        Assert.Equal(expected, Accept("conditioning=" + value, RequestParsing.RawAllowed).Conditioning.ToString());

    [Theory]
    [InlineData("", 0)]
    [InlineData("conditioning=limited", 0)]
    [InlineData("fresh=true", 0)]
    [InlineData("raw=true", 10)]
    [InlineData("conditioning=vonneumann", 10)]
    [InlineData("raw=true&timeout=0", 0)]
    [InlineData("conditioning=limited&timeout=30", 30)]
    public void TryParse_Timeout_DefaultsByOutput(string query, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Accept(query, RequestParsing.RawAllowed).Timeout);

    [Theory]
    [InlineData("", "application/octet-stream", "Bytes")]
    [InlineData("format=json", "application/octet-stream", "Json")]
    [InlineData("format=lines", "application/json", "Lines")]
    [InlineData("format=base64", "", "Base64")]
    [InlineData("format=hex", "*/*", "Hex")]
    public void TryParse_Format_WinsOverAccept(string query, string accept, string expected)
    {
        Assert.True(RandomRequest.TryParse(query, accept, RequestParsing.Defaults, out var request, out _));
        Assert.Equal(expected, request.Format.ToString());
    }

    [Fact]
    public void TryParse_CommonRequest_AllocatesNothing()
    {
        const string query = "?length=1024&type=uint8";
        var parsed = RandomRequest.TryParse(query, "*/*", RequestParsing.Defaults, out _, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            parsed &= RandomRequest.TryParse(query, "*/*", RequestParsing.Defaults, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(parsed);
    }
}
