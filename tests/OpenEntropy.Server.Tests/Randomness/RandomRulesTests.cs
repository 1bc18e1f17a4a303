using OpenEntropy.Server.Randomness;
using Xunit;
using static OpenEntropy.Server.Tests.Randomness.RequestParsing;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class RandomRulesTests
{
    [Theory]
    [InlineData("length=2048&type=hex16&size=1024", true)]
    [InlineData("length=2049&type=hex16&size=1024", false)]
    [InlineData("length=4096&type=hex8&size=1024", true)]
    [InlineData("length=4097&type=hex8&size=1024", false)]
    [InlineData("length=4097&type=hex8&size=1024&format=lines", false)]
    public void TryParse_LengthTimesSize_IsBoundedByBytesInMemory(string query, bool accepted)
    {
        if (accepted)
        {
            Assert.Equal(4 << 20, Accept(query).TotalBytes);
            return;
        }

        var error = Refuse(query, "length");
        Assert.Matches("^length must be between 1 and (2048|4096) with elements of (2048|1024) bytes$", error.Message);
    }

    [Theory]
    [InlineData("raw=true&conditioning=drbg")]
    [InlineData("raw=true&conditioning=sha256")]
    [InlineData("conditioning=limited&raw=true")]
    [InlineData("raw=true&conditioning=vonneumann")]
    [InlineData("raw=false&conditioning=raw")]
    public void TryParse_RawAgainstConditioning_IsRefused(string query)
    {
        Refuse(query, "raw");
        Assert.False(RandomRequest.TryParse(query, "", RequestParsing.RawAllowed, out _, out _));
    }

    [Theory]
    [InlineData("raw=false&conditioning=drbg", "Drbg")]
    [InlineData("raw=false&conditioning=vonneumann", "VonNeumann")]
    [InlineData("raw=true&conditioning=raw", "Raw")]
    [InlineData("raw=true", "Raw")]
    [InlineData("raw=false", "Drbg")]
    public void TryParse_RawWithConditioning_AgreeInAnyOrder(string query, string expected)
    {
        Assert.Equal(expected, Accept(query, RequestParsing.RawAllowed).Conditioning.ToString());
        Assert.Equal(expected, Accept(string.Join('&', query.Split('&').Reverse()), RequestParsing.RawAllowed).Conditioning.ToString());
    }

    [Theory]
    [InlineData("source=a")]
    [InlineData("source=a&conditioning=drbg")]
    [InlineData("source=a&conditioning=limited")]
    public void TryParse_SourceWithoutRaw_IsRefused(string query) => Refuse(query, "source");

    [Theory]
    [InlineData("fresh=true&conditioning=limited")]
    [InlineData("fresh=true&raw=true")]
    [InlineData("fresh=true&conditioning=vonneumann")]
    public void TryParse_FreshWithoutGenerator_IsRefused(string query) => Refuse(query, "fresh");

    [Theory]
    [InlineData("raw=true")]
    [InlineData("conditioning=raw")]
    [InlineData("conditioning=vonneumann")]
    [InlineData("raw=true&format=bytes&source=x")]
    public void TryParse_RawNotAllowed_IsForbiddenAndNamesTheKey(string query)
    {
        Assert.False(RandomRequest.TryParse(query, "", RequestParsing.Defaults, out _, out var error));
        Assert.Equal(403, error!.Status);
        Assert.Contains("OpenEntropy:Randomness:AllowRaw", error.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-raw", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format=bytes&type=uint8", "type")]
    [InlineData("type=hex16&format=hex", "type")]
    [InlineData("format=base64&size=1", "size")]
    public void TryParse_TypeOrSizeWithBytes_IsRefused(string query, string field) => Refuse(query, field);

    [Fact]
    public void TryParse_TypeWithAcceptedBytes_IsRefused()
    {
        Assert.False(RandomRequest.TryParse("type=uint8", "application/octet-stream", RequestParsing.Defaults, out _, out var error));
        Assert.Equal("type", error!.Field);
    }

    [Fact]
    public void TryParse_LimitsFromOptions_AreUsed()
    {
        var options = new RandomnessOptions
        {
            MaxLength = 2000,
            MaxBytes = 20,
            MaxJsonBytes = 2048,
        };

        Refuse("length=2001&type=uint8", "length", "length must be between 1 and 2000", options);
        Refuse("length=21&format=bytes", "length", "length must be between 1 and 20", options);
        Refuse("length=1025", "length", "length must be between 1 and 1024 with elements of 2 bytes", options);
        Refuse("format=bytes", "length", "length must be between 1 and 20", options); // the default length is not cut down in silence
    }

    [Theory]
    [InlineData("length=100&type=uint8&conditioning=limited", 100, 0, true)]
    [InlineData("length=101&type=uint8&conditioning=limited", 100, 1000, false)]
    [InlineData("length=51&type=uint16&conditioning=limited", 100, 1000, false)]
    [InlineData("length=101&format=bytes&fresh=true", 1000, 100, false)]
    [InlineData("length=100&format=bytes&fresh=true", 0, 100, true)]
    [InlineData("length=101&format=bytes", 0, 0, true)]
    public void FindExcess_Bounds_ApplyToTheirOutput(string query, long limited, long fresh, bool fits)
    {
        var error = RandomRules.FindExcess(Accept(query), limited, fresh);

        Assert.Equal(fits, error is null);
        if (error is not null)
        {
            Assert.Equal((400, "length"), (error.Status, error.Field));
            Assert.Contains("between 1 and 100 bytes", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("length=4&type=uint8", "text/plain, application/json, */*")]
    [InlineData("size=2", "application/octet-stream, application/json;q=0.1")]
    [InlineData("type=hex8", "text/plain, */*;q=0.1")]
    [InlineData("type=hex8&size=2", "text/html, text/plain, application/*")]
    public void TryParse_ElementsWithJsonAcceptedToo_GivesJson(string query, string accept)
    {
        Assert.True(RandomRequest.TryParse(query, accept, RequestParsing.Defaults, out var request, out var error), error?.Message);
        Assert.Equal(BodyFormat.Json, request.Format);
    }

    [Theory]
    [InlineData("type=uint8", "text/plain")]
    [InlineData("size=2", "application/octet-stream, text/*")]
    [InlineData("type=uint8", "text/plain, application/json;q=0, */*")]
    public void TryParse_ElementsWithOnlyBytesAccepted_IsRefused(string query, string accept)
    {
        Assert.False(RandomRequest.TryParse(query, accept, RequestParsing.Defaults, out _, out var error));
        Assert.Equal((400, query.Split('=')[0]), (error!.Status, error.Field));
    }
}
