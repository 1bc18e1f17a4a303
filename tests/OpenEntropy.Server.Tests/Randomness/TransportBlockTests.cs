using System.Buffers;
using System.Text;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Random digits stay within the blocks of the transport's own memory, which is zeroed when it goes back, however long an element is.</summary>
public sealed class TransportBlockTests
{
    private const int Block = TransportMemory.LargeBlock;

    [Theory]
    [InlineData("type=uint8&length=5000")]
    [InlineData("type=uint16&length=5000")]
    [InlineData("type=hex8&size=1024&length=9")]
    [InlineData("type=hex16&size=1022&length=9")]
    [InlineData("type=hex16&size=1023&length=9")]
    [InlineData("type=hex16&size=1024&length=9")]
    [InlineData("type=hex16&size=1023&length=9&format=lines")]
    [InlineData("type=hex16&size=1024&length=9&format=lines")]
    public void WriteElements_AnySize_AsksForNoMoreThanABlock(string query)
    {
        Assert.True(RandomRequest.TryParse(query, "", new RandomnessOptions(), out var request, out _));
        var bytes = Enumerable.Range(0, (int)request.TotalBytes).Select(i => (byte)((i * 167) ^ (i >> 5))).ToArray();
        var whole = new ArrayBufferWriter<byte>(1 << 20);
        var writer = new BlockWriter();

        ElementBody.WriteElements(whole, in request, bytes, atEnd: true);
        ElementBody.WriteElements(writer, in request, bytes, atEnd: true);

        // What is longer comes from the array pool of the whole process and goes back to it with the digits in it.
        Assert.InRange(writer.LongestAsked, 1, Block);
        var text = Encoding.ASCII.GetString(writer.Written);
        Assert.Equal(Encoding.ASCII.GetString(whole.WrittenSpan), text);
        if (request.Type is ElementType.Hex8 or ElementType.Hex16)
        {
            var elements = bytes.Chunk(request.ElementBytes).Select(Convert.ToHexStringLower);
            var json = request.Format == BodyFormat.Json;
            Assert.Equal(json ? $"\"{string.Join("\",\"", elements)}\"]}}" : string.Concat(elements.Select(each => each + "\n")), text);
        }
    }

    /// <summary>Gives exactly what is asked for, and notes the most.</summary>
    private sealed class BlockWriter : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _written = new();
        private byte[] _span = [];

        public ReadOnlySpan<byte> Written => _written.WrittenSpan;

        public int LongestAsked { get; private set; }

        public void Advance(int count) => _written.Write(_span.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            LongestAsked = Math.Max(LongestAsked, sizeHint);
            return _span = new byte[Math.Max(1, sizeHint)];
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
