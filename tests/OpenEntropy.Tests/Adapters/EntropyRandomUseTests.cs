using OpenEntropy.Adapters;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Adapters;

/// <summary>Over a pool, by many threads, and after its end.</summary>
public sealed class EntropyRandomUseTests
{
    [Fact]
    public void Dispose_ThenAnyDraw_IsRefused()
    {
        var random = new EntropyRandom(new KnownBytes("").Fill);
        random.Next();
        random.Dispose();

        Assert.Throws<ObjectDisposedException>(() => random.Next());
        Assert.Throws<ObjectDisposedException>(() => random.NextDouble());
        Assert.Throws<ObjectDisposedException>(() => random.NextBytes(new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => random.NextBytes(new byte[5000]));

        // Nor what would consume nothing.
        Assert.Throws<ObjectDisposedException>(() => random.Next(0));
        Assert.Throws<ObjectDisposedException>(() => random.Next(1));
        Assert.Throws<ObjectDisposedException>(() => random.Next(7, 7));
        Assert.Throws<ObjectDisposedException>(() => random.NextInt64(0));
        Assert.Throws<ObjectDisposedException>(() => random.NextInt64(7, 8));
        Assert.Throws<ObjectDisposedException>(() => random.NextBytes([]));
    }

    [Fact]
    public async Task Next_OverAPool_DrawsFromIt()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(1));
        using var random = new EntropyRandom(scripted.Pool);
        using var numbers = new EntropyRandomNumberGenerator(scripted.Pool);

        Assert.InRange(random.Next(1, 7), 1, 6);
        numbers.GetBytes(new byte[32]);
        Assert.Equal(EntropyRandom.DrawnAhead + 32, scripted.Pool.Status.DrbgBytes);
    }

    [Fact]
    public async Task Next_OfManyThreads_GivesNoByteTwice()
    {
        var count = 0L;
        using var random = new EntropyRandom(destination =>
        {
            // Every word of eight bytes is another number.
            foreach (ref var word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(destination))
                word = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Interlocked.Increment(ref count));
        });

        var drawn = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 5000).Select(_ => random.NextInt64()).ToArray()))
        );

        Assert.Equal(20_000, drawn.SelectMany(each => each).Distinct().Count());
    }
}
