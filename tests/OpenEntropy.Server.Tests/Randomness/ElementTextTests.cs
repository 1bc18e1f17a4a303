using System.Text;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class ElementTextTests
{
    [Theory]
    [InlineData(true, ',')]
    [InlineData(false, '\n')]
    public void Write_EveryUInt8_IsItsDecimal(bool json, char separator)
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        Assert.Equal(string.Concat(bytes.Select(b => $"{b}{separator}")), Write(new ElementText(ElementType.UInt8, 1, json), bytes));
    }

    // What is written at a time depends on how many digits each of four neighbours has: 3^4 shapes, at each place of a step and beside what is left over.
    [Fact]
    public void Write_UInt8OfEveryShape_IsItsDecimals()
    {
        byte[] ends = [0, 9, 10, 99, 100, 199, 200, 255];
        var state = 1u;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[round % 71];
            for (var i = 0; i < bytes.Length; i++)
            {
                state = (state * 1_664_525) + 1_013_904_223;
                bytes[i] = ends[state >> 29];
            }

            Assert.Equal(string.Concat(bytes.Select(b => $"{b},")), Write(new ElementText(ElementType.UInt8, 1, json: true), bytes));
        }
    }

    [Theory]
    [InlineData(true, ',')]
    [InlineData(false, '\n')]
    public void Write_EveryUInt16_IsItsBigEndianDecimal(bool json, char separator)
    {
        var bytes = Enumerable.Range(0, 65_536).SelectMany(i => new[] { (byte)(i >> 8), (byte)i }).ToArray();

        Assert.Equal(
            string.Concat(Enumerable.Range(0, 65_536).Select(i => $"{i}{separator}")),
            Write(new ElementText(ElementType.UInt16, 2, json), bytes)
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(33)]
    [InlineData(2048)]
    public void Write_Hexadecimal_IsLowerCaseBlocks(int elementBytes)
    {
        var bytes = Enumerable.Range(0, elementBytes * 300).Select(i => (byte)(i * 7)).ToArray();
        var blocks = bytes.Chunk(elementBytes).Select(Convert.ToHexStringLower).ToArray();

        Assert.Equal(
            string.Concat(blocks.Select(b => $"\"{b}\",")),
            Write(new ElementText(ElementType.Hex8, elementBytes, json: true), bytes)
        );
        Assert.Equal(
            string.Concat(blocks.Select(b => b + "\n")),
            Write(new ElementText(ElementType.Hex16, elementBytes, json: false), bytes)
        );
    }

    [Theory]
    [InlineData("UInt8", 1)]
    [InlineData("UInt16", 2)]
    [InlineData("Hex8", 5)]
    [InlineData("Hex16", 6)]
    public void Measure_AnyLength_EqualsWhatIsWritten(string type, int elementBytes)
    {
        for (var count = 0; count < 200; count++)
        {
            var text = new ElementText(Enum.Parse<ElementType>(type), elementBytes, json: true);
            var bytes = Enumerable.Range(0, count * elementBytes).Select(i => (byte)((i * 31) + count)).ToArray();

            Assert.Equal(Write(text, bytes).Length, text.Measure(bytes));
        }
    }

    [Theory]
    [InlineData("UInt8", 1)]
    [InlineData("UInt16", 2)]
    [InlineData("Hex8", 1)]
    [InlineData("Hex16", 2)]
    [InlineData("Hex8", 8)]
    public void Write_ExactRoom_TouchesNothingBeyond(string type, int elementBytes)
    {
        var text = new ElementText(Enum.Parse<ElementType>(type), elementBytes, json: true);
        for (var count = 1; count <= 40; count++)
        {
            foreach (var value in (byte[])[0, 10, 0xFF])
            {
                var exact = count * text.MaxElementText;
                var room = new byte[exact + 64];
                room.AsSpan().Fill(0x7E);

                text.Write(Enumerable.Repeat(value, count * elementBytes).ToArray(), room.AsSpan(0, exact));

                Assert.Equal(-1, room.AsSpan(exact).IndexOfAnyExcept((byte)0x7E));
            }
        }
    }

    [Fact]
    public void Write_TooLittleRoom_Throws()
    {
        Assert.ThrowsAny<ArgumentException>(() => new ElementText(ElementType.UInt8, 1, json: true).Write([1, 2], new byte[7]));
        Assert.ThrowsAny<ArgumentException>(() => new ElementText(ElementType.UInt16, 2, json: true).Write([1, 2], new byte[5]));
        Assert.ThrowsAny<ArgumentException>(() => new ElementText(ElementType.Hex8, 1, json: true).Write([1, 2], new byte[9]));
    }

    private static string Write(ElementText text, byte[] bytes)
    {
        var room = new byte[bytes.Length / text.ElementBytes * text.MaxElementText];
        return Encoding.ASCII.GetString(room, 0, text.Write(bytes, room));
    }
}
