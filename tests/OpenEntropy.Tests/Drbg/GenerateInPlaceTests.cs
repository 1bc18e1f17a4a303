using System.Buffers;
using OpenEntropy.Drbg;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

/// <summary>Output made in the memory of a writer: the same bytes, whatever pieces the writer gives.</summary>
public sealed class GenerateInPlaceTests
{
    [Theory]
    [InlineData(4096, 4096)]
    [InlineData(4097, 4096)]
    [InlineData(5000, 4096)]
    [InlineData(65_536, 4096)]
    [InlineData(16, 16)]
    [InlineData(4096, 32_768)]
    [InlineData(100, 33)]
    public void Generate_IntoPieces_EqualsTheReference(int spanLength, int piece)
    {
        using var drbg = Instantiated();
        var reference = new ReferenceCtrDrbg(Bytes(48, 1), Bytes(48, 2));
        foreach (var length in new[] { 0, 1, 16, 17, 4095, 4096, 4097, 8191, 65_535, 65_536 })
        {
            var writer = new PieceWriter(spanLength);
            drbg.Generate(writer, length, piece, Bytes(32, length));

            Assert.Equal(reference.Generate(length, Bytes(32, length)), writer.Written);
        }
    }

    [Fact]
    public void Generate_WriterFailsOnTheWay_NeverGivesTheSameBytesAgain()
    {
        using var drbg = Instantiated();
        var failing = new PieceWriter(4096) { FailsAfter = 8192 };
        Assert.Throws<InvalidOperationException>(() => drbg.Generate(failing, 65_536, 4096, []));

        var next = new PieceWriter(4096);
        drbg.Generate(next, 8192, 4096, []);
        var reference = new ReferenceCtrDrbg(Bytes(48, 1), Bytes(48, 2));
        Assert.Equal(reference.Generate(8192, []), failing.Written);
        Assert.Equal(3UL, drbg.ReseedCounter);
        Assert.Equal(-1, next.Written.AsSpan().IndexOf(failing.Written.AsSpan(0, 16)));
        Assert.Equal(-1, failing.Written.AsSpan().IndexOf(next.Written.AsSpan(0, 16)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65_537)]
    public void Generate_OutOfRange_Throws(int length)
    {
        using var drbg = Instantiated();
        var writer = new PieceWriter(4096);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(length), () => drbg.Generate(writer, length, 4096, []));
        Assert.Empty(writer.Written);
    }

    [Fact]
    public void TryWrite_OfASet_IsWhatTryFillWouldGive()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1);
        using var set = new GeneratorSet(1, _ => bench.Create());
        var reference = new ReferenceCtrDrbg(bench.Block(1), bench.Personalization);
        var writer = new PieceWriter(4096);

        Assert.True(set.TryWrite(writer, 10_000, 4096));
        Assert.Equal(reference.Generate(10_000, bench.OsRandom(1)), writer.Written);
        Assert.Equal(1, set.Counts().GenerateCalls);
    }

    [Fact]
    public void TryWrite_NoSeed_WritesNothing()
    {
        using var bench = new GeneratorBench();
        using var set = new GeneratorSet(2, _ => bench.Create());
        var writer = new PieceWriter(4096);

        Assert.False(set.TryWrite(writer, 10_000, 4096));
        Assert.Empty(writer.Written);
    }

    [Fact]
    public async Task TryWriteBytes_OfAPool_CountsThemOrSaysWhyNot()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var writer = new PieceWriter(4096);
        Assert.Equal(RefusalReason.Starting, scripted.Pool.TryWriteBytes(writer, 100)?.Reason);
        Assert.Empty(writer.Written);

        Assert.True(scripted.HarvestBlocks(1));
        Assert.Null(scripted.Pool.TryWriteBytes(writer, 65_536));
        Assert.Equal(65_536, writer.Written.Length);
        Assert.Equal(65_536, scripted.Pool.Status.DrbgBytes);
        Assert.Throws<ArgumentOutOfRangeException>("length", () => scripted.Pool.TryWriteBytes(writer, 65_537));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => scripted.Pool.TryWriteBytes(writer, -1));
        Assert.Throws<ArgumentOutOfRangeException>("piece", () => scripted.Pool.TryWriteBytes(writer, 100, piece: 15));
        Assert.Throws<ArgumentNullException>("writer", () => scripted.Pool.TryWriteBytes(null!, 1));
    }

    [Fact]
    public void TryWrite_WriterFailsOnTheWay_CountsAsACall()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1);
        using var generator = bench.Create();
        Assert.Throws<InvalidOperationException>(() => generator.TryWrite(new PieceWriter(4096) { FailsAfter = 8192 }, 65_536, 4096));
        Assert.Equal(1, generator.GenerateCalls);
    }

    [Fact]
    public void TryWrite_WriterAsksForOutput_IsRefusedAndTheNextCallIsServed()
    {
        using var bench = new GeneratorBench();
        bench.AddBlocks(1);
        using var set = new GeneratorSet(1, _ => bench.Create());
        var target = new byte[16];
        Array.Fill(target, (byte)1);
        Assert.Throws<InvalidOperationException>(() => set.TryWrite(new PieceWriter(4096) { Asks = () => set.TryFill(target) }, 16, 4096));
        Assert.Equal(new byte[16], target);

        var next = new PieceWriter(4096);
        Assert.True(set.TryWrite(next, 16, 4096));
        Assert.Equal(16, next.Written.Length);
    }

    [Fact]
    public void Generate_WriterGivesTooLittle_Throws()
    {
        using var drbg = Instantiated();
        Assert.Throws<ArgumentException>("writer", () => drbg.Generate(new PieceWriter(15) { IgnoresHint = true }, 100, 4096, []));
        var writer = new PieceWriter(15) { IgnoresHint = true };
        drbg.Generate(writer, 15, 4096, []);
        Assert.Equal(15, writer.Written.Length);
    }

    private static CtrDrbg Instantiated()
    {
        var drbg = new CtrDrbg();
        drbg.Instantiate(Bytes(48, 1), Bytes(48, 2));
        return drbg;
    }

    private static byte[] Bytes(int length, int label) => Aes256CounterTests.Bytes(length, label);

    /// <summary>Gives spans of one length, and fails when it was told to.</summary>
    private sealed class PieceWriter(int spanLength) : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _inner = new();
        private byte[] _span = [];

        public int FailsAfter { get; init; } = int.MaxValue;

        public bool IgnoresHint { get; init; }

        public Action? Asks { get; init; }

        public byte[] Written => _inner.WrittenSpan.ToArray();

        public void Advance(int count) => _inner.Write(_span.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (_inner.WrittenCount >= FailsAfter)
                throw new InvalidOperationException("no more");
            Asks?.Invoke();
            return _span = new byte[IgnoresHint ? spanLength : Math.Max(sizeHint, spanLength)];
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
