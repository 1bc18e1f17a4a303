using System.Buffers;
using System.Collections.Concurrent;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

/// <summary>The memory of connections.</summary>
public sealed class TransportMemoryTests : IDisposable
{
    private readonly MemoryPool<byte> _pool = new TransportMemory().Create();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(-1, 4096)]
    [InlineData(0, 4096)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 32_768)]
    [InlineData(32_768, 32_768)]
    public void Rent_ALength_GivesABlockThatHoldsIt(int length, int expected)
    {
        using var block = _pool.Rent(length);

        Assert.Equal(expected, block.Memory.Length);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(32_769)]
    public void Rent_OutOfRange_Throws(int length) => Assert.Throws<ArgumentOutOfRangeException>(() => _pool.Rent(length));

    [Theory]
    [InlineData(4096)]
    [InlineData(32_768)]
    public void Dispose_ABlock_ZeroesIt_AndGivesItToTheNext(int length)
    {
        var block = _pool.Rent(length);
        var memory = block.Memory;
        memory.Span.Fill(0xA5);

        block.Dispose();

        Assert.Equal(-1, memory.Span.IndexOfAnyExcept((byte)0));
        using var next = _pool.Rent(length);
        Assert.True(memory.Equals(next.Memory));
    }

    [Fact]
    public void Dispose_Twice_GivesTheBlockToOneOnly()
    {
        var block = _pool.Rent();
        block.Dispose();
        block.Dispose();

        using var first = _pool.Rent();
        using var second = _pool.Rent();

        Assert.False(first.Memory.Equals(second.Memory));
    }

    [Fact]
    public void Dispose_MoreThanIsKept_KeepsSixMebibytes()
    {
        var rented = Enumerable.Range(0, 256).Select(_ => _pool.Rent(32_768)).ToList();
        var memories = rented.Select(block => block.Memory).ToHashSet();
        rented.ForEach(block => block.Dispose());

        var again = Enumerable.Range(0, 256).Select(_ => _pool.Rent(32_768)).ToList();

        Assert.Equal(192, again.Count(block => memories.Contains(block.Memory)));
    }

    [Fact]
    public void Dispose_AfterThePoolItself_IsHarmless()
    {
        var block = _pool.Rent();
        block.Memory.Span.Fill(1);
        _pool.Dispose();

        block.Dispose();

        Assert.Equal(-1, block.Memory.Span.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Rent_FromManyThreads_NeverGivesABlockToTwo()
    {
        var held = new ConcurrentDictionary<Memory<byte>, bool>();

        Parallel.For(
            0,
            20_000,
            i =>
            {
                var block = _pool.Rent(i % 2 == 0 ? 4096 : 32_768);
                Assert.True(held.TryAdd(block.Memory, true));
                Assert.Equal(0, block.Memory.Span[i % 4096]);
                block.Memory.Span[i % 4096] = 1;
                Assert.True(held.TryRemove(block.Memory, out _));
                block.Dispose();
            }
        );
    }
}
