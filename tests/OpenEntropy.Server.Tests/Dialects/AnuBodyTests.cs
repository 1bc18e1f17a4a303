using System.Buffers;
using System.Text;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>The objects of the ANU APIs to the letter, from given bytes.</summary>
public sealed class AnuBodyTests
{
    [Theory]
    [InlineData("Anu", "length=3&type=uint8", "000AFF", """{"success":true,"type":"uint8","length":3,"data":[0,10,255]}""")]
    [InlineData("Anu", "length=2&type=hex8&size=2", "00ABCDEF", """{"success":true,"type":"hex8","length":2,"data":["00ab","cdef"]}""")]
    [InlineData("AnuTextLength", "length=2&type=uint16", "000AFFFE", """{"success":true,"type":"uint16","length":"2","data":[10,65534]}""")]
    [InlineData("AnuTextLength", "length=1&size=2", "00ABCDEF", """{"success":true,"type":"hex16","length":"1","data":["00abcdef"]}""")]
    [InlineData("AnuOlder", "length=3&type=uint8", "000AFF", """{"type":"uint8","length":3,"size":1,"data":[0,10,255],"success":true}""")]
    [InlineData(
        "AnuOlder",
        "length=2&type=uint16",
        "000AFFFE",
        """{"type":"uint16","length":2,"size":1,"data":[10,65534],"success":true}"""
    )]
    [InlineData("AnuOlder", "length=2&type=hex16", "0AFF", """{"type":"string","length":2,"size":1,"data":["0a","ff"],"success":true}""")]
    [InlineData("AnuOlder", "length=1&size=3", "00ABCD", """{"type":"string","length":1,"size":3,"data":["00abcd"],"success":true}""")]
    public void WriteElements_Shape_IsTheObjectToTheLetter(string shape, string query, string bytes, string expected)
    {
        var request = Parse(shape, query);
        var writer = new ArrayBufferWriter<byte>();

        ElementBody.WriteHead(writer, request, origin: null);
        ElementBody.WriteElements(writer, request, Convert.FromHexString(bytes), atEnd: true);

        Assert.Equal(expected, Encoding.UTF8.GetString(writer.WrittenSpan));
        Assert.Equal(
            request.Type is ElementType.UInt8 or ElementType.UInt16 ? null : expected.Length,
            ElementBody.FindLength(request, origin: null)
        );
    }

    [Theory]
    [InlineData("Anu", 16)]
    [InlineData("AnuTextLength", 16)]
    [InlineData("AnuOlder", 8)]
    public void ElementBytes_Hex16_AreWordsInTheNewerAndBytesInTheOlder(string shape, int expected) =>
        Assert.Equal(expected, Parse(shape, "length=1&type=hex16&size=8").ElementBytes);

    [Theory]
    [InlineData("Service")]
    [InlineData("Anu")]
    [InlineData("AnuTextLength")]
    [InlineData("AnuOlder")]
    public void EndOf_AnyShape_HoldsNoQuotedHexadecimalText(string shape)
    {
        var quoted = Encoding.UTF8.GetString(JsonHead.EndOf(Enum.Parse<AnswerShape>(shape))).Split('"').Where((_, i) => i % 2 == 1);

        Assert.All(quoted, text => Assert.False(text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit), text));
    }

    private static RandomRequest Parse(string shape, string query)
    {
        Assert.True(
            RandomRequest.TryParse(query, "", new RandomnessOptions(), out var request, out var error, Enum.Parse<AnswerShape>(shape)),
            error?.Message
        );
        return request;
    }
}
