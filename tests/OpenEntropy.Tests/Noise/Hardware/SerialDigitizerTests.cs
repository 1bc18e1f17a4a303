using System.Text;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public class SerialDigitizerTests
{
    [Fact]
    public void Take_Raw_GivesEveryByteFromTheFirst()
    {
        var digitizer = Create(SerialFraming.Raw);
        digitizer.Receive([0, 13, 10, 255, 17]);
        var samples = new byte[3];

        Assert.Equal((3, false), (digitizer.Take(samples), digitizer.IsEmpty));
        Assert.Equal([0, 13, 10], samples);
        Assert.Equal((2, true), (digitizer.Take(samples), digitizer.IsEmpty));
        Assert.Equal([255, 17], samples[..2]);
    }

    [Theory]
    [InlineData("DEADbeef\n", new byte[] { 0xDE, 0xAD, 0xBE, 0xEF })]
    [InlineData("de ad be ef\r\n", new byte[] { 0xDE, 0xAD, 0xBE, 0xEF })]
    [InlineData("0xDE, 0xAD\n\n01:02\n", new byte[] { 0xDE, 0xAD, 1, 2 })]
    [InlineData("12\n345\n67\n", new byte[] { 0x12, 0x67 })] // half a byte
    [InlineData("12\nface it\n34\n", new byte[] { 0x12, 0x34 })]
    [InlineData("1234", new byte[0])] // no whole line
    public void Take_Hex_GivesTheBytesOfWholeReadableLines(string sent, byte[] samples) =>
        Assert.Equal(samples, Samples(SerialFraming.Hex, "\n" + sent));

    [Theory]
    [InlineData("7\n258\n-1\n", new byte[] { 7, 2, 255 })]
    [InlineData("0x1FF 0x2A\r\n", new byte[] { 0xFF, 42 })]
    [InlineData("1023, 514\n", new byte[] { 255, 2 })]
    [InlineData("4294967295\n9223372036854775807\n", new byte[] { 255, 255 })]
    [InlineData("5\n3.5\n1 2 x\n99999999999999999999\n6\n", new byte[] { 5, 6 })]
    [InlineData("\n\n  \n", new byte[0])]
    public void Take_Lines_GivesTheLowByteOfEachNumberOfReadableLines(string sent, byte[] samples) =>
        Assert.Equal(samples, Samples(SerialFraming.Lines, "\n" + sent));

    [Fact]
    public void Take_FirstLine_IsDroppedForItMayHaveLostItsBeginning()
    {
        Assert.Equal([0x34], Samples(SerialFraming.Hex, "12\n34\n"));
        Assert.Equal([34], Samples(SerialFraming.Lines, "12\n34\n"));
    }

    [Fact]
    public void Receive_CutAnywhere_GivesTheSame()
    {
        var text = Encoding.ASCII.GetBytes("\n0011\n22 33\nnonsense\n44\n");
        for (var cut = 0; cut <= text.Length; cut++)
        {
            var digitizer = Create(SerialFraming.Hex);
            byte[] samples = [.. Receive(digitizer, text.AsSpan(0, cut)), .. Receive(digitizer, text.AsSpan(cut))];
            Assert.Equal([0x00, 0x11, 0x22, 0x33, 0x44], samples);
        }
    }

    [Fact]
    public void Receive_LineTooLong_IsSkippedToItsEnd()
    {
        var digits = new string('1', SerialDigitizer.MaximumLine);

        Assert.Equal(SerialDigitizer.MaximumLine / 2, Samples(SerialFraming.Hex, $"\n{digits}\n").Length);
        Assert.Equal([0x34], Samples(SerialFraming.Hex, $"\n{digits}22\n34\n"));
    }

    [Fact]
    public void Receive_TooManyUnreadableLines_ThrowsAndSaysWhatWasExpected()
    {
        const string Garbage = "rst:0x1 (POWERON_RESET)\n";
        var greeting = string.Concat(Enumerable.Repeat(Garbage, SerialDigitizer.UnreadableLines - 1));

        // A greeting one line shorter is passed over, and after a readable line the next may be as long.
        var passed = $"\n{greeting}12\n{greeting}12\n";
        Assert.Equal([0x12, 0x12], Samples(SerialFraming.Hex, passed));
        Assert.Equal([12, 12], Samples(SerialFraming.Lines, passed));

        Assert.Equal("it sent 64 lines in a row that are no hexadecimal bytes", Failure(SerialFraming.Hex, $"{passed}{greeting}{Garbage}"));
        Assert.Equal("it sent 64 lines in a row that are no whole numbers", Failure(SerialFraming.Lines, $"{passed}{greeting}{Garbage}"));
    }

    [Fact]
    public void Receive_BytesWhereLinesAreExpected_ThrowsThoughNoLineEnds()
    {
        var sent = new string('x', SerialDigitizer.UnreadableLines * (SerialDigitizer.MaximumLine + 1));

        Assert.Contains("whole numbers", Failure(SerialFraming.Lines, sent), StringComparison.Ordinal);
    }

    [Fact]
    public void Reset_InMidLine_ForgetsIt()
    {
        var digitizer = Create(SerialFraming.Hex);
        _ = Receive(digitizer, "\n12"u8);
        digitizer.Reset();

        Assert.Equal([0x56], Receive(digitizer, "34\n56\n"u8));
    }

    private static SerialDigitizer Create(SerialFraming framing)
    {
        var digitizer = new SerialDigitizer(framing);
        digitizer.Reset();
        return digitizer;
    }

    private static string Failure(SerialFraming framing, string sent) =>
        Assert.Throws<NoiseSourceException>(() => Samples(framing, sent)).Message;

    private static byte[] Samples(SerialFraming framing, string sent) => Receive(Create(framing), Encoding.ASCII.GetBytes(sent));

    private static byte[] Receive(SerialDigitizer digitizer, ReadOnlySpan<byte> sent)
    {
        var samples = new List<byte>();
        Span<byte> some = stackalloc byte[100];
        for (; sent.Length > 0; sent = sent[Math.Min(sent.Length, SerialDigitizer.MaximumReceived)..])
        {
            digitizer.Receive(sent[..Math.Min(sent.Length, SerialDigitizer.MaximumReceived)]);
            while (!digitizer.IsEmpty)
                samples.AddRange(some[..digitizer.Take(some)]);
        }

        return [.. samples];
    }
}
