using Microsoft.Extensions.Options;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class AnswerMemoryTests
{
    private const long Mebi = 1 << 20;

    [Fact]
    public void TryHold_MoreThanIsLeft_IsRefusedAndTakesNothing()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        Assert.True(memory.TryHold(7 * Mebi, out var first));

        Assert.False(memory.TryHold(Mebi + 1, out var refused));
        Assert.Null(refused);
        Assert.Equal(7 * Mebi, memory.Held);
        Assert.True(memory.TryHold(Mebi, out _));

        first.Dispose();
        first.Dispose();
        Assert.Equal(Mebi, memory.Held);
    }

    [Fact]
    public async Task TryHold_WhileOthersAskForTooMuch_RefusesNothingThatFits()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        using var ready = new Barrier(2);
        var done = false;
        var greedy = Task.Run(() =>
        {
            ready.SignalAndWait();
            for (var i = 0; i < 2_000_000 && !Volatile.Read(ref done); i++)
            {
                Assert.False(memory.TryHold(memory.Limit + 1, out _));
            }
        });
        var modest = Task.Run(() =>
        {
            ready.SignalAndWait();
            for (var i = 0; i < 1_000_000; i++)
            {
                Assert.True(memory.TryHold(memory.Limit, out var held));
                held.Dispose();
            }

            Volatile.Write(ref done, true);
        });

        await Task.WhenAll(greedy, modest);
        Assert.Equal(0, memory.Held);
    }

    [Fact]
    public void TryHold_LittleWhileNothingIsLeft_IsNotCounted()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        Assert.True(memory.TryHold(memory.Limit, out _));

        Assert.True(memory.TryHold(AnswerMemory.Free, out var held));
        Assert.False(memory.TryHold(AnswerMemory.Free + 1, out _));
        held.Dispose();
        Assert.Equal(memory.Limit, memory.Held);
    }

    [Fact]
    public void SetTo_LessThanWasTaken_LeavesTheRestToOthers()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        Assert.True(memory.TryHold(memory.Limit, out var held));

        held.SetTo(100_000);
        Assert.Equal(100_000, memory.Held);
        held.SetTo(AnswerMemory.Free);
        Assert.Equal(0, memory.Held);
        held.SetTo(2 * Mebi);
        held.Dispose();
        Assert.Equal(0, memory.Held);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(65_536)]
    [InlineData(4 << 20)]
    [InlineData(1 << 26)]
    public void Limit_AnyOptions_HasRoomForTheLargestAnswer(int maxJsonBytes)
    {
        // Bytes in an array of twice their length at most, and four times the text.
        var largest = PooledBytes.RentedLength(maxJsonBytes + 1L) + Server.Values.ValueText.HeldFor((4L * maxJsonBytes) + 2);

        Assert.True(Make(maxJsonBytes).TryHold(largest, out _));
    }

    private static AnswerMemory Make(int maxJsonBytes) => new(Options.Create(new RandomnessOptions { MaxJsonBytes = maxJsonBytes }));
}
