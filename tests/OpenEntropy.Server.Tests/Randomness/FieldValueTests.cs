using Xunit;
using static OpenEntropy.Server.Tests.Randomness.RequestParsing;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class FieldValueTests
{
    [Theory]
    [InlineData("?length=%31%30", 10)]
    [InlineData("l%65ngth=10", 10)]
    [InlineData("&length=10&", 10)]
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
    [InlineData("source=,")]
    [InlineData("source=timing,,novel")]
    [InlineData("source=timing,")]
    [InlineData("source=,timing")]
    [InlineData("source=timing,+,novel")]
    [InlineData("source=timing,%20novel")]
    [InlineData("source=timing+")]
    [InlineData("source=DISK_IO")] // lower case, as in /sources/{name}
    public void TryParse_SourceWithEmptyItemSpaceOrCapitals_IsRefused(string query) => Refuse("raw=true&" + query, "source");

    [Fact]
    public void TryParse_SourceOfManyCharacters_IsRefusedWithOrWithoutEscapes()
    {
        Refuse("raw=true&source=" + new string('a', 257), "source");
        Refuse("raw=true&source=%61" + new string('a', 300), "source");
        Assert.Equal(256, Accept("raw=true&source=" + new string('a', 256), RequestParsing.RawAllowed).Source!.Length);
    }

    [Theory]
    [InlineData("length=007", "length")]
    [InlineData("length=00", "length")]
    [InlineData("type=hex8&size=01", "size")]
    [InlineData("timeout=00", "timeout")]
    public void TryParse_LeadingZeros_AreRefused(string query, string field) =>
        Refuse(query, field, field + " must be a plain decimal number, without leading zeros");
}
