using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class BodyTests
{
    [Theory]
    [InlineData(
        "length=3&type=uint8",
        "000AFF",
        """{"success":true,"type":"uint8","length":3,"size":1,"conditioned":true,"quality":"drbg","data":[0,10,255]}"""
    )]
    [InlineData(
        "length=2&type=uint16",
        "000AFFFE",
        """{"success":true,"type":"uint16","length":2,"size":1,"conditioned":true,"quality":"drbg","data":[10,65534]}"""
    )]
    [InlineData(
        "length=2&type=hex8&size=2",
        "00ABCDEF",
        """{"success":true,"type":"hex8","length":2,"size":2,"conditioned":true,"quality":"drbg","data":["00ab","cdef"]}"""
    )]
    [InlineData(
        "length=1&size=2&conditioning=limited",
        "00ABCDEF",
        """{"success":true,"type":"hex16","length":1,"size":2,"conditioned":true,"quality":"limited","data":["00abcdef"]}"""
    )]
    [InlineData(
        "length=1&type=uint8&raw=true&source=a%22b",
        "07",
        """{"success":true,"type":"uint8","length":1,"size":1,"conditioned":false,"source":"a\u0022b","quality":"raw","state":"permanently_failed","data":[7]}"""
    )]
    [InlineData(
        "length=1&type=uint8&conditioning=vonneumann",
        "07",
        """{"success":true,"type":"uint8","length":1,"size":1,"conditioned":false,"quality":"raw","conditioning":"vonneumann","state":"permanently_failed","data":[7]}"""
    )]
    public void WriteElements_Json_IsTheAnuObjectToTheLetter(string query, string bytes, string expected)
    {
        var request = Parse(query);
        var origin = request.ReadsRaw ? new RawOrigin(["hash_timing"], ["permanently_failed"]) : null;

        Assert.Equal(expected, Write(request, Convert.FromHexString(bytes), origin, new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void WriteElements_RawOfSeveral_NamesEachWithItsState()
    {
        var text = Write(
            Parse("length=1&type=uint8&raw=true"),
            [9],
            new RawOrigin(["hash_timing", "sleep_jitter"], ["healthy", "failed"]),
            new ArrayBufferWriter<byte>()
        );

        Assert.EndsWith(
            "\"quality\":\"raw\",\"sources\":[\"hash_timing\",\"sleep_jitter\"],\"states\":[\"healthy\",\"failed\"],\"data\":[9]}",
            text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("length=4&type=uint8&format=lines", "0007FF64", "0\n7\n255\n100\n")]
    [InlineData("length=2&type=uint16&format=lines", "0007FF64", "7\n65380\n")]
    [InlineData("length=2&type=hex8&size=2&format=lines", "0007FF64", "0007\nff64\n")]
    public void WriteElements_Lines_HoldsOneElementEach(string query, string bytes, string expected) =>
        Assert.Equal(expected, Write(Parse(query), Convert.FromHexString(bytes), origin: null, new ArrayBufferWriter<byte>()));

    [Theory]
    [InlineData("type=uint8&length=5000", 1)]
    [InlineData("type=uint16&length=5000", 7)]
    [InlineData("type=hex8&size=11&length=999", 1)]
    [InlineData("type=hex16&size=1024&length=9", 3)]
    [InlineData("type=uint8&length=5000&format=lines", 5)]
    public void WriteElements_SmallSpans_WriteTheSameText(string query, int excess)
    {
        var request = Parse(query);
        var bytes = Pattern((int)request.TotalBytes);

        var whole = Write(request, bytes, origin: null, new ArrayBufferWriter<byte>(1 << 20));

        Assert.Equal(whole, Write(request, bytes, origin: null, new StingyWriter(excess)));
        if (request.Format == BodyFormat.Json)
        {
            using var json = JsonDocument.Parse(whole);
            Assert.Equal(request.Length, json.RootElement.GetProperty("data").GetArrayLength());
            Assert.Equal("data", json.RootElement.EnumerateObject().Last().Name);
        }
    }

    [Theory]
    [InlineData("type=hex8&size=3&length=10")]
    [InlineData("type=hex16&size=1&length=1")]
    [InlineData("type=hex16&size=4&length=20&format=lines")]
    public void FindLength_Hexadecimal_IsExact(string query)
    {
        var request = Parse(query);

        var text = Write(request, Pattern((int)request.TotalBytes), origin: null, new ArrayBufferWriter<byte>());

        Assert.Equal(text.Length, ElementBody.FindLength(request, origin: null));
    }

    [Fact]
    public void FindLength_Decimals_IsUnknown() => Assert.Null(ElementBody.FindLength(Parse("type=uint8"), origin: null));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void Encode_InChunks_MakesOneTextOfTheLengthPromised(int length)
    {
        var bytes = Pattern(length);
        foreach (var format in new[] { BodyFormat.Bytes, BodyFormat.Hex, BodyFormat.Base64 })
        {
            var writer = new ArrayBufferWriter<byte>();
            foreach (var chunk in bytes.Chunk(65_535))
            {
                ByteText.Write(writer, format, chunk);
            }

            var decoded = format switch
            {
                BodyFormat.Hex => Convert.FromHexString(Encoding.ASCII.GetString(writer.WrittenSpan)),
                BodyFormat.Base64 => Convert.FromBase64String(Encoding.ASCII.GetString(writer.WrittenSpan)),
                _ => writer.WrittenSpan.ToArray(),
            };
            Assert.Equal(bytes, decoded);
            Assert.Equal(writer.WrittenCount, ByteBody.LengthOf(Parse($"length={length}&format={format.ToString().ToLowerInvariant()}")));
        }
    }

    [Fact]
    public void PooledBytes_Disposed_GoesBackZeroed()
    {
        var bytes = PooledBytes.Rent(100);
        var memory = bytes.Memory;
        memory.Span.Fill(0xA5);

        bytes.Dispose();

        Assert.Equal(new byte[100], memory.ToArray());
    }

    private static RandomRequest Parse(string query)
    {
        Assert.True(
            RandomRequest.TryParse(query, "", new RandomnessOptions { AllowRaw = true }, out var request, out var error),
            error?.Message
        );
        return request;
    }

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 167) ^ (i >> 5)))];

    private static string Write<T>(RandomRequest request, byte[] bytes, RawOrigin? origin, T writer)
        where T : IBufferWriter<byte>
    {
        ElementBody.WriteHead(writer, request, origin);
        ElementBody.WriteElements(writer, request, bytes, atEnd: true);
        return writer switch
        {
            StingyWriter stingy => stingy.Text,
            ArrayBufferWriter<byte> array => Encoding.UTF8.GetString(array.WrittenSpan),
            _ => throw new NotSupportedException(),
        };
    }

    /// <summary>Gives spans a little longer than asked, as a connection does at the end of a segment.</summary>
    private sealed class StingyWriter(int excess) : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _written = new();
        private byte[] _span = [];

        public string Text => Encoding.UTF8.GetString(_written.WrittenSpan);

        public void Advance(int count) => _written.Write(_span.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _span = new byte[sizeHint + excess];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
