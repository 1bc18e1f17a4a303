using System.Text;
using System.Text.RegularExpressions;
using OpenEntropy.Server.Audit;
using Xunit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>One entry has one form.</summary>
public sealed partial class AuditLineTests
{
    private static readonly DateTimeOffset s_time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Page_WorkedExample_IsAChainThatEndsAsItSays()
    {
        var text = string.Concat(Example().Matches(Page()).Select(match => match.Value));
        var content = Encoding.ASCII.GetBytes(text);

        var scan = new AuditScanner(AuditHead.None).Read(content);

        Assert.Equal((4, 0L, 0), (scan.Lines, scan.TornBytes, scan.Problems.Count));
        Assert.Contains($"`{scan.Good.Hash}`", Page(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("CN=\"Some, body\\\", O=Größe\u0000\n\u007f")]
    [InlineData("")]
    [InlineData(null)]
    public void Read_WhatWasWritten_IsTheSame(string? subject)
    {
        var line = new AuditLine(
            7,
            s_time,
            AuditBench.Entry("") with
            {
                Subject = subject,
                Since = s_time.AddTicks(-1),
                Bytes = 0,
                Status = 200,
                Begun = 6,
                Quality = "raw",
            },
            AuditHead.None.Hash,
            Signature: "x"
        );

        var bytes = line.ToBytes();

        Assert.Equal(line, AuditLineReader.Read(bytes));
        Assert.All(bytes[..^1], each => Assert.InRange(each, (byte)' ', (byte)'~'));
    }

    [Theory]
    [InlineData("\"sequence\":7", "\"sequence\":07")]
    [InlineData("\"sequence\":7", "\"sequence\":7.0")]
    [InlineData("\"sequence\":7", "\"sequence\": 7")]
    [InlineData("\"sequence\":7", "\"sequence\":99999999999999999999")]
    [InlineData("\"sequence\":7", "\"sequence\":\"7\"")]
    [InlineData("\"count\":1", "\"count\":1,\"more\":1")]
    [InlineData("\"count\":1", "\"count\":1,\"count\":1")]
    [InlineData("\"count\":1", "\"count\":null")]
    [InlineData("\"kind\":\"local\"", "\"kind\":null")]
    [InlineData("\"subject\":\"x\"", "\"subject\":\"\\u0078\"")]
    [InlineData("\"subject\":\"x\"", "\"subject\":\"\\ud800\"")]
    [InlineData("\"since\":null,", "")]
    [InlineData("T12:00:00.0000000Z", "T12:00:00Z")]
    [InlineData("}\n", "}")]
    [InlineData("}\n", "} \n")]
    [InlineData("}\n", "}\r\n")]
    public void Read_AnotherForm_IsNone(string what, string other)
    {
        var text = Encoding.ASCII.GetString(new AuditLine(7, s_time, AuditBench.Entry("x"), AuditHead.None.Hash).ToBytes());
        Assert.Contains(what, text, StringComparison.Ordinal);

        Assert.Null(AuditLineReader.Read(Encoding.ASCII.GetBytes(text.Replace(what, other, StringComparison.Ordinal))));
    }

    [Fact]
    public void Clean_LongTextWithHalfAPair_FitsALineThatIsRead()
    {
        var clean = AuditText.Clean(new string('ä', AuditText.Longest - 1) + "\ud83d\ude00" + new string('x', 5000));
        var entry = AuditBench.Entry(clean) with { Party = new AuditParty("certificate", clean) };
        var bytes = new AuditLine(long.MaxValue, s_time, entry, AuditHead.None.Hash, new string('s', 86)).ToBytes();

        Assert.Equal(AuditText.Longest, clean.Length);
        Assert.InRange(bytes.Length, 1, AuditLine.Longest);
        Assert.NotNull(AuditLineReader.Read(bytes));
    }

    private static string Page()
    {
        using var stream = typeof(AuditLineTests).Assembly.GetManifestResourceStream("audit.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^[{]\"sequence\":[^\n]*\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Example();
}
