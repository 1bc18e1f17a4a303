using System.Text;
using OpenEntropy.Cli.Monitor.Keys;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>The bytes that terminals send for keys, whole and in pieces.</summary>
public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData("jkq", "Down Up Quit")]
    [InlineData(" tr?", "Switch Retest Refresh Help")]
    [InlineData("gG\f", "First Last Repaint")]
    [InlineData("\x03", "Quit")]
    [InlineData("\e[A\e[B", "Up Down")]
    [InlineData("\eOA\eOB", "Up Down")]
    [InlineData("\e[5~\e[6~", "PageUp PageDown")]
    [InlineData("\e[H\e[F\e[1~\e[4~\eOH", "First Last First Last First")]
    [InlineData("\e[1;5Aj", "Up Down")] // with Ctrl
    [InlineData("\e[15~j", "Down")] // F5 is no key here
    [InlineData("\e[200~j", "Down")]
    [InlineData("\e\e[A", "Escape Up")]
    [InlineData("\e[\eOB", "Down")]
    [InlineData("\eqj", "Down")] // Alt-Q is not Q
    [InlineData("xyzJK\r\n\té", "")]
    public void Read_WhatATerminalSends_IsTheKeys(string typed, string keys)
    {
        Assert.Equal(keys, Keys([Encoding.UTF8.GetBytes(typed)]));
    }

    [Fact]
    public void Read_EverySplitOfASequence_IsTheSameKeys()
    {
        var typed = "j\e[A\e[5~\eOB\e[1;2Fq"u8.ToArray();
        for (var first = 0; first <= typed.Length; first++)
        {
            for (var second = first; second <= typed.Length; second++)
                Assert.Equal("Down Up PageUp Down Last Quit", Keys([typed[..first], typed[first..second], typed[second..]]));
        }
    }

    [Fact]
    public void Flush_AfterAnEscapeAlone_IsTheKeyItself()
    {
        var decoder = new KeyDecoder();
        var keys = new List<MonitorKey>();

        decoder.Read("\e"u8, keys);
        Assert.True(decoder.IsPending);
        Assert.Equal(MonitorKey.Escape, decoder.Flush());
        Assert.False(decoder.IsPending);
        decoder.Read("[Aj"u8, keys); // came too late to be a sequence; its letters mean nothing

        Assert.Equal([MonitorKey.Down], keys);
    }

    [Theory]
    [InlineData("\e[")]
    [InlineData("\eO")]
    [InlineData("\e[1;")]
    public void Flush_AfterHalfASequence_IsNoKey(string typed)
    {
        var decoder = new KeyDecoder();
        decoder.Read(Encoding.ASCII.GetBytes(typed), []);

        Assert.Null(decoder.Flush());
        var keys = new List<MonitorKey>();
        decoder.Read("q"u8, keys);
        Assert.Equal([MonitorKey.Quit], keys);
    }

    [Fact]
    public void Read_AnEndlessSequence_IsGivenUp()
    {
        Assert.Equal("Quit", Keys([Encoding.ASCII.GetBytes("\e[" + new string('1', 1000) + "q")]));
    }

    private static string Keys(IEnumerable<byte[]> pieces)
    {
        var decoder = new KeyDecoder();
        var keys = new List<MonitorKey>();
        foreach (var piece in pieces)
            decoder.Read(piece, keys);
        return string.Join(' ', keys);
    }
}
