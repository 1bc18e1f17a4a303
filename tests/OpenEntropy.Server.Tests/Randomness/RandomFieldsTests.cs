using Xunit;
using static OpenEntropy.Server.Tests.Randomness.RequestParsing;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class RandomFieldsTests
{
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
        Assert.StartsWith($"unknown parameter '{name}': known are length, type, size,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_UnknownOfManyCharacters_IsEchoedInPart()
    {
        var error = Refuse(new string('x', 100_000) + "=1", new string('x', 64));

        Assert.True(error.Message.Length < 256);
    }

    [Theory]
    [InlineData("length=%", "length")]
    [InlineData("length=%3", "length")]
    [InlineData("length=%zz", "length")]
    [InlineData("%FF=1", "%FF")]
    [InlineData("type=%C3", "type")]
    [InlineData("type=%ED%A0%80", "type")] // a surrogate
    [InlineData("type=%C0%B1", "type")] // an overlong form
    [InlineData("nothing=%", "nothing")]
    public void TryParse_BrokenEncoding_IsRefusedByName(string query, string field)
    {
        var error = Refuse(query, field);

        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" must be percent-encoded UTF-8, 256 characters at most", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_LoneSurrogate_IsRefused() => Refuse("raw=true&source=\uD800%20", "source");
}
