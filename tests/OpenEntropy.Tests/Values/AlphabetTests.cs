using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class AlphabetTests
{
    [Theory]
    [InlineData("ACGT", 4, "00010203", "ACGT")]
    [InlineData("ACGT", 4, "FFFEFDFC", "TGCA")]
    [InlineData("abc", 3, "FF020100", "cba")] // 255 is dropped: 255 = 85·3
    [InlineData("a😀é", 3, "000102", "a😀é")]
    [InlineData("01", 0, "", "")]
    public void NextString_KnownBytes_GiveTheStringByHand(string characters, int length, string bytes, string expected)
    {
        using var supply = ScriptedSupply.OfHex(bytes);

        Assert.Equal(expected, new Alphabet(characters).NextString(supply, length));
        Assert.Equal(bytes.Length / 2, supply.Consumed);
    }

    [Theory]
    [InlineData("", "The alphabet must have between 2 and 1024 characters.")]
    [InlineData("😀", "The alphabet must have between 2 and 1024 characters.")]
    [InlineData("aba", "The alphabet must hold no character twice.")]
    [InlineData("😀a😀", "The alphabet must hold no character twice.")]
    public void New_NoAlphabet_IsRefused(string characters, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new Alphabet(characters)).Message, StringComparison.Ordinal);

    [Fact]
    public void New_HalfOfASurrogatePair_IsRefused()
    {
        foreach (var characters in new[] { "a\ud83d", "\ude00a" })
            Assert.Contains(
                "valid Unicode",
                Assert.Throws<ArgumentException>(() => new Alphabet(characters)).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void New_MostCharacters_AreTakenAndOneMoreIsNot()
    {
        var most = string.Concat(Enumerable.Range(0x1F000, Alphabet.Most).Select(char.ConvertFromUtf32));

        Assert.Equal(Alphabet.Most, new Alphabet(most).Characters.Count);
        Assert.Throws<ArgumentException>(() => new Alphabet(most + "a"));
    }

    [Theory]
    [InlineData("01")]
    [InlineData("abc")]
    [InlineData("0123456789")]
    public void NextPlace_EveryByte_GivesEveryCharacterEquallyOften(string characters)
    {
        var alphabet = new Alphabet(characters);
        var counts = new int[characters.Length];
        for (var input = 0; input < 256; input++)
        {
            byte[] bytes = [(byte)input, 0];
            using var supply = ByteSupply.Over(bytes, bytes.Length);
            var place = alphabet.NextPlace(supply);
            if (supply.Consumed == 1)
                counts[place]++;
        }

        Assert.All(counts, count => Assert.Equal(256 / characters.Length, count));
    }

    [Fact]
    public void NextString_GeneratorOutput_HasEveryPairOfCharactersEquallyOften()
    {
        using var supply = ScriptedSupply.OfGenerator(20);
        var text = new Alphabet("0123456789").NextString(supply, 1_000_000);
        var counts = new long[100];
        for (var i = 0; i < text.Length; i += 2)
            counts[(10 * (text[i] - '0')) + text[i + 1] - '0']++;

        Assert.InRange(Goodness.ChiSquareScore(counts), -3.09, 3.09); // p between 0.001 and 0.999
    }
}
