using System.Text;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public class NumericFieldsTests
{
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("7", 1, 7)]
    [InlineData("  24:   3   4  IO-APIC  5-edge  ttyS0\n", 2, 7)]
    [InlineData("cpu0 1 2\ncpu1 3 4\n", 4, 10)]
    [InlineData("Tcp: 1 200 120000 -1 38\n", 4, 120_239)]
    [InlineData("1x x1 1:2 1.5 +1", 0, 0)]
    [InlineData("\t1\t2\n\n3", 3, 6)]
    [InlineData("18446744073709551615 2", 2, 1)]
    public void Add_Text_SumsOnlyWholeNumbers(string text, int count, ulong sum)
    {
        var fields = Parse(text);

        Assert.Equal((count, sum), (fields.Count, fields.Sum));
    }

    [Fact]
    public void Add_TextCutAnywhere_GivesTheSame()
    {
        const string Text = "  24:  123  45  virtio0-config\nMaxConn -1 678 cpu9 9";
        var whole = Parse(Text);
        for (var cut = 0; cut <= Text.Length; cut++)
        {
            var pieces = Parse(Text[..cut], Text[cut..]);

            Assert.Equal((whole.Count, whole.Sum), (pieces.Count, pieces.Sum));
        }

        Assert.Equal((4, 855ul), (whole.Count, whole.Sum));
    }

    [Theory]
    [InlineData("a 1 2 3", "a 1 2 3", 0)]
    [InlineData("a 1 2 3", "a 2 4 10", 10)]
    [InlineData("a 1 2\n", "a 1 2\nb 1000\n", 0)] // a field appeared
    [InlineData("a 1 2\nb 1000\n", "a 5 2\n", 0)] // a field disappeared
    [InlineData("a 18446744073709551615", "a 4", 5)] // a 64-bit counter wrapped
    public void IncrementsSince_EarlierReading_SumsTheIncrements(string earlier, string now, ulong increments) =>
        Assert.Equal(increments, Parse(now).IncrementsSince(Parse(earlier)));

    [Theory]
    [InlineData("255", "4")]
    [InlineData("65535", "4")]
    [InlineData("4294967295", "4")]
    public void IncrementsSince_NarrowCounterWrapped_LowByteIsTheIncrement(string earlier, string now) =>
        Assert.Equal(5, (byte)Parse(now).IncrementsSince(Parse(earlier)));

    private static NumericFields Parse(params string[] pieces)
    {
        var fields = new NumericFields();
        foreach (var piece in pieces)
            fields.Add(Encoding.ASCII.GetBytes(piece));
        fields.End();
        return fields;
    }
}
