using OpenEntropy.Server.Hardening;
using Xunit;

namespace OpenEntropy.Server.Tests.Hardening;

public sealed class ClearedBlocksTests
{
    [Fact]
    public void Dispose_Block_IsZeroedAndGivenOutAgain()
    {
        using var pool = new ClearedBlocks();
        var first = pool.Rent();
        var memory = first.Memory;
        memory.Span.Fill(0xA5);

        first.Dispose();

        Assert.Equal(-1, memory.Span.IndexOfAnyExcept((byte)0));
        using var second = pool.Rent(4096);
        Assert.True(memory.Span.Overlaps(second.Memory.Span));
        Assert.Equal(4096, second.Memory.Length);
    }

    [Fact]
    public void Rent_TwoAtOnce_AreTwo()
    {
        using var pool = new ClearedBlocks();
        using var first = pool.Rent(1);
        using var second = pool.Rent(1);

        Assert.False(first.Memory.Span.Overlaps(second.Memory.Span));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(pool.MaxBufferSize + 1));
    }
}
