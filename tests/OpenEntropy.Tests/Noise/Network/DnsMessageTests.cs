using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Noise.Network;
using Xunit;

namespace OpenEntropy.Tests.Noise.Network;

// Messages laid out by RFC 1035, 4.1: id, flags, four counts, then name, type and class.
public sealed class DnsMessageTests
{
    private const string Header = "0000" + "0100" + "0001" + "0000" + "0000" + "0000";

    [Theory]
    [InlineData(".", "00")]
    [InlineData("example.org", "07" + "6578616D706C65" + "03" + "6F7267" + "00")]
    [InlineData("example.org.", "07" + "6578616D706C65" + "03" + "6F7267" + "00")]
    [InlineData("_a-1", "04" + "5F612D31" + "00")]
    public void Query_Name_IsTheMessageOfTheSpecification(string name, string question) =>
        Assert.Equal(Header + question + "0002" + "0001", Convert.ToHexString(DnsMessage.Query(name)!));

    [Fact]
    public void Query_LongestName_IsTakenAndALongerOneIsNot()
    {
        // 3 labels of 63 and one of 61, with their lengths and the root's: 255 bytes.
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{label[..61]}";

        Assert.Equal(12 + 255 + 4, DnsMessage.Query(longest)!.Length);
        Assert.Null(DnsMessage.Query(longest + "a"));
    }

    [Theory]
    [InlineData("0007" + "8180" + "0001" + "0000" + "0000" + "0000", DnsReply.Answer, 0)]
    [InlineData("0007" + "8183" + "0001" + "0000" + "0000" + "0000", DnsReply.Answer, 3)]
    [InlineData("0007" + "8380" + "0001" + "0005" + "0000" + "0000", DnsReply.Answer, 0)] // cut off
    [InlineData("0008" + "8180" + "0001" + "0000" + "0000" + "0000", DnsReply.OtherQuery, 0)]
    [InlineData("0007" + "8180" + "0000" + "0000" + "0000" + "0000", DnsReply.OtherQuery, 0)] // without a question
    [InlineData("0007" + "8180" + "0002" + "0000" + "0000" + "0000", DnsReply.OtherQuery, 0)]
    [InlineData("0007" + "0100" + "0001" + "0000" + "0000" + "0000", DnsReply.NoResponse, 0)] // a query
    [InlineData("0007" + "A980" + "0001" + "0000" + "0000" + "0000", DnsReply.NoResponse, 0)] // an update's response
    public void Classify_Header_SaysWhatThePacketIs(string header, object reply, int code)
    {
        var query = Seven("example.org");
        var packet = Convert.FromHexString(header).Concat(query[12..]).ToArray();

        Assert.Equal((DnsReply)reply, DnsMessage.Classify(packet, query, out var said));
        Assert.Equal(code, said);
    }

    [Fact]
    public void Classify_QuestionInAnotherCase_IsTheAnswer() =>
        Assert.Equal(DnsReply.Answer, DnsMessage.Classify(LoopbackResolver.Answer(Seven("EXAMPLE.org")), Seven("example.ORG"), out _));

    [Fact]
    public void Classify_AnswerCutAnywhereBeforeItsRecords_IsNone()
    {
        var query = Seven("example.org");
        var answer = LoopbackResolver.Answer(query);

        for (var length = 0; length < answer.Length; length++)
            Assert.NotEqual(DnsReply.Answer, DnsMessage.Classify(answer.AsSpan(0, length), query, out _));
    }

    [Fact]
    public void Classify_AnyBytes_NeverThrowsAndTakesOnlyWhatRepeatsTheQuestion()
    {
        var query = Seven("example.org");

        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes => DnsMessage.Classify(bytes, query, out _) != DnsReply.Answer || bytes.AsSpan(12).StartsWith(query.AsSpan(12))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(64));
    }

    [Fact]
    public void Classify_AnAnswerWithOneByteOfItsQuestionOrIdChanged_IsNoAnswer()
    {
        var query = Seven("example.org");
        var places = Enumerable.Range(0, query.Length).Where(place => place is < 2 or (>= 4 and < 6) or >= 12).ToArray();

        Prop.ForAll(
                Gen.Elements(places).Zip(Gen.Choose(1, 255)).ToArbitrary(),
                change =>
                {
                    var (place, mask) = change;
                    var answer = LoopbackResolver.Answer(query);
                    answer[place] ^= (byte)mask;
                    var isOtherCase = place >= 12 && char.IsAsciiLetter((char)query[place]) && mask == 0x20;
                    return (DnsMessage.Classify(answer, query, out _) == DnsReply.Answer) == isOtherCase;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static byte[] Seven(string name)
    {
        var query = DnsMessage.Query(name)!;
        DnsMessage.SetId(query, 7);
        return query;
    }
}
