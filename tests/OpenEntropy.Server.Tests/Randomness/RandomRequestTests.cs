using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class RandomRequestTests
{
    private static readonly RandomnessOptions s_defaults = new();
    private static readonly RandomnessOptions s_rawAllowed = new() { AllowRaw = true };

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
            s_rawAllowed
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
    [InlineData("?length=%31%30", 10)]
    [InlineData("l%65ngth=10", 10)]
    [InlineData("&length=0010&", 10)]
    [InlineData("length=1", 1)]
    [InlineData("length=65536", 65_536)]
    [InlineData("length=1073741824&format=bytes", 1 << 30)]
    public void TryParse_LengthInRange_IsTaken(string query, long expected) => Assert.Equal(expected, Accept(query).Length);

    [Theory]
    [InlineData("length=0")]
    [InlineData("length=65537")]
    [InlineData("length=-1")]
    [InlineData("length=+1")]
    [InlineData("length=%2B1")]
    [InlineData("length=1.5")]
    [InlineData("length=1e3")]
    [InlineData("length=0x10")]
    [InlineData("length=10%00")]
    [InlineData("length=+10")]
    [InlineData("length=10%20")]
    [InlineData("length=%D9%A1")] // an Arabic-Indic digit
    [InlineData("length=ten")]
    [InlineData("length=")]
    [InlineData("length")]
    [InlineData("length=9223372036854775807")]
    [InlineData("length=9223372036854775808")]
    [InlineData("length=18446744073709551617")] // 1 modulo 2^64
    [InlineData("length=4294967297")] // 1 modulo 2^32
    [InlineData("length=99999999999999999999999999999999999999999999")]
    public void TryParse_LengthOutOfRange_NamesFieldAndRange(string query) => Refuse(query, "length", "length must be between 1 and 65536");

    [Theory]
    [InlineData("length=0&format=bytes")]
    [InlineData("length=1073741825&format=hex")]
    [InlineData("length=x&format=base64")]
    public void TryParse_LengthOfBytesOutOfRange_NamesThatRange(string query) =>
        Refuse(query, "length", "length must be between 1 and 1073741824");

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
    [InlineData("type=UINT8", "type", "type must be uint8, uint16, hex8 or hex16")]
    [InlineData("type=", "type", "type must be uint8, uint16, hex8 or hex16")]
    [InlineData("type=uint32", "type", "type must be uint8, uint16, hex8 or hex16")]
    [InlineData("type=uint8%20", "type", "type must be uint8, uint16, hex8 or hex16")]
    [InlineData("size=0", "size", "size must be between 1 and 1024")]
    [InlineData("size=1025", "size", "size must be between 1 and 1024")]
    [InlineData("size=-3", "size", "size must be between 1 and 1024")]
    [InlineData("size=big", "size", "size must be between 1 and 1024")]
    [InlineData("size=4294967297", "size", "size must be between 1 and 1024")]
    [InlineData("type=uint8&size=2", "size", "size must be 1 with uint8 and uint16")]
    [InlineData("size=2&type=uint16", "size", "size must be 1 with uint8 and uint16")]
    [InlineData("raw=yes", "raw", "raw must be true or false")]
    [InlineData("raw=True", "raw", "raw must be true or false")]
    [InlineData("raw", "raw", "raw must be true or false")]
    [InlineData("fresh=1", "fresh", "fresh must be true or false")]
    [InlineData("timeout=31", "timeout", "timeout must be between 0 and 30 whole seconds")]
    [InlineData("timeout=-1", "timeout", "timeout must be between 0 and 30 whole seconds")]
    [InlineData("timeout=1.5", "timeout", "timeout must be between 0 and 30 whole seconds")]
    [InlineData("timeout=", "timeout", "timeout must be between 0 and 30 whole seconds")]
    [InlineData("format=xml", "format", "format must be json, bytes, hex, base64 or lines")]
    [InlineData("format=", "format", "format must be json, bytes, hex, base64 or lines")]
    [InlineData("conditioning=md5", "conditioning", "conditioning must be drbg (or its alias sha256), limited, vonneumann or raw")]
    public void TryParse_ValueOutOfRange_NamesFieldAndRange(string query, string field, string message) => Refuse(query, field, message);

    [Theory]
    [InlineData("source=")]
    [InlineData("source=%20")]
    [InlineData("source=+")]
    public void TryParse_EmptySource_IsRefused(string query) => Refuse("raw=true&" + query, "source");

    [Fact]
    public void TryParse_SourceOfManyCharacters_IsRefusedWithOrWithoutEscapes()
    {
        Refuse("raw=true&source=" + new string('a', 257), "source");
        Refuse("raw=true&source=%61" + new string('a', 300), field: null);
        Assert.Equal(256, Accept("raw=true&source=" + new string('a', 256), s_rawAllowed).Source!.Length);
    }

    [Theory]
    [InlineData("length=1&length=1", "length")]
    [InlineData("type=hex8&type=hex16", "type")]
    [InlineData("size=1&size=1", "size")]
    [InlineData("raw=false&raw=false", "raw")]
    [InlineData("source=a&source=b", "source")]
    [InlineData("conditioning=drbg&conditioning=drbg", "conditioning")]
    [InlineData("fresh=true&fresh=true", "fresh")]
    [InlineData("timeout=1&timeout=1", "timeout")]
    [InlineData("format=json&%66ormat=json", "format")]
    public void TryParse_Repeated_IsRefusedByName(string query, string field) => Refuse(query, field, field + " must be given once");

    [Theory]
    [InlineData("count=5", "count")]
    [InlineData("Length=5", "Length")]
    [InlineData("length%20=5", "length ")]
    [InlineData("=5", "")]
    [InlineData("length=5;type=uint8", null)]
    [InlineData("%C3%A4=1", "ä")]
    public void TryParse_Unknown_IsRefusedByName(string query, string? name)
    {
        if (name is null)
        {
            Refuse(query, "length");
            return;
        }

        var error = Refuse(query, name);
        Assert.StartsWith($"unknown parameter {name}: known are length, type, size,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_UnknownOfManyCharacters_IsEchoedInPart()
    {
        var error = Refuse(new string('x', 100_000) + "=1", new string('x', 64));

        Assert.True(error.Message.Length < 256);
    }

    [Theory]
    [InlineData("length=%")]
    [InlineData("length=%3")]
    [InlineData("length=%zz")]
    [InlineData("%FF=1")]
    [InlineData("type=%C3")]
    [InlineData("type=%ED%A0%80")] // a surrogate
    [InlineData("type=%C0%B1")] // an overlong form
    public void TryParse_BrokenEncoding_IsRefused(string query) => Refuse(query, field: null);

    [Fact]
    public void TryParse_LoneSurrogate_IsRefused() => Refuse("raw=true&source=\uD800%20", field: null);

    [Theory]
    [InlineData("drbg", "Drbg")]
    [InlineData("sha256", "Drbg")]
    [InlineData("limited", "Limited")]
    [InlineData("raw", "Raw")]
    [InlineData("vonneumann", "VonNeumann")]
    public void TryParse_Conditioning_IsRead(string value, string expected) =>
        Assert.Equal(expected, Accept("conditioning=" + value, s_rawAllowed).Conditioning.ToString());

    [Theory]
    [InlineData("raw=true&conditioning=drbg")]
    [InlineData("raw=true&conditioning=sha256")]
    [InlineData("conditioning=limited&raw=true")]
    [InlineData("raw=true&conditioning=vonneumann")]
    [InlineData("raw=false&conditioning=raw")]
    public void TryParse_RawAgainstConditioning_IsRefused(string query)
    {
        Refuse(query, "raw");
        Assert.False(RandomRequest.TryParse(query, "", s_rawAllowed, out _, out _));
    }

    [Theory]
    [InlineData("raw=false&conditioning=drbg", "Drbg")]
    [InlineData("raw=false&conditioning=vonneumann", "VonNeumann")]
    [InlineData("raw=true&conditioning=raw", "Raw")]
    [InlineData("raw=true", "Raw")]
    [InlineData("raw=false", "Drbg")]
    public void TryParse_RawWithConditioning_AgreeInAnyOrder(string query, string expected)
    {
        Assert.Equal(expected, Accept(query, s_rawAllowed).Conditioning.ToString());
        Assert.Equal(expected, Accept(string.Join('&', query.Split('&').Reverse()), s_rawAllowed).Conditioning.ToString());
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
    [InlineData("", 0)]
    [InlineData("conditioning=limited", 0)]
    [InlineData("fresh=true", 0)]
    [InlineData("raw=true", 10)]
    [InlineData("conditioning=vonneumann", 10)]
    [InlineData("raw=true&timeout=0", 0)]
    [InlineData("conditioning=limited&timeout=30", 30)]
    public void TryParse_Timeout_DefaultsByOutput(string query, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Accept(query, s_rawAllowed).Timeout);

    [Theory]
    [InlineData("raw=true")]
    [InlineData("conditioning=raw")]
    [InlineData("conditioning=vonneumann")]
    [InlineData("raw=true&format=bytes&source=x")]
    public void TryParse_RawNotAllowed_IsForbiddenAndNamesTheKey(string query)
    {
        Assert.False(RandomRequest.TryParse(query, "", s_defaults, out _, out var error));
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
        Assert.False(RandomRequest.TryParse("type=uint8", "application/octet-stream", s_defaults, out _, out var error));
        Assert.Equal("type", error!.Field);
    }

    [Theory]
    [InlineData("", "application/octet-stream", "Bytes")]
    [InlineData("format=json", "application/octet-stream", "Json")]
    [InlineData("format=lines", "application/json", "Lines")]
    [InlineData("format=base64", "", "Base64")]
    [InlineData("format=hex", "*/*", "Hex")]
    public void TryParse_Format_WinsOverAccept(string query, string accept, string expected)
    {
        Assert.True(RandomRequest.TryParse(query, accept, s_defaults, out var request, out _));
        Assert.Equal(expected, request.Format.ToString());
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
        var error = Accept(query).FindExcess(limited, fresh);

        Assert.Equal(fits, error is null);
        if (error is not null)
        {
            Assert.Equal((400, "length"), (error.Status, error.Field));
            Assert.Contains("between 1 and 100 bytes", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TryParse_CommonRequest_AllocatesNothing()
    {
        const string query = "?length=1024&type=uint8";
        var parsed = RandomRequest.TryParse(query, "*/*", s_defaults, out _, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            parsed &= RandomRequest.TryParse(query, "*/*", s_defaults, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(parsed);
    }

    private static RandomRequest Accept(string query, RandomnessOptions? options = null)
    {
        var parsed = RandomRequest.TryParse(query, "", options ?? s_defaults, out var request, out var error);
        Assert.True(parsed, error?.Message);
        Assert.Null(error);
        return request;
    }

    private static RequestError Refuse(string query, string? field, string? message = null, RandomnessOptions? options = null)
    {
        Assert.False(RandomRequest.TryParse(query, "", options ?? s_defaults, out _, out var error));
        Assert.Equal(400, error!.Status);
        Assert.Equal(field, error.Field);
        if (message is not null)
        {
            Assert.Equal(message, error.Message);
        }

        return error;
    }
}
