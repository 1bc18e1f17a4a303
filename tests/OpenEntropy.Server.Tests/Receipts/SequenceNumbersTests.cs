using System.Collections.Concurrent;
using OpenEntropy.Server.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

public sealed class SequenceNumbersTests
{
    [Fact]
    public async Task NextAsync_FromManyThreads_GivesEachNumberOnceAndNoneThatIsNotSaved()
    {
        const int Threads = 8;
        const int Each = 2000;
        long saved = 5;
        using var numbers = new SequenceNumbers(5, next => Volatile.Write(ref saved, next));
        var given = new ConcurrentBag<long>();

        await Task.WhenAll(
            Enumerable
                .Range(0, Threads)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        long before = 0;
                        for (var i = 0; i < Each; i++)
                        {
                            var number = await numbers.NextAsync();
                            Assert.True(number < Volatile.Read(ref saved));
                            Assert.True(number > before);
                            before = number;
                            given.Add(number);
                        }
                    })
                )
        );

        Assert.Equal(Enumerable.Range(5, Threads * Each).Select(each => (long)each), given.Order());
    }

    [Fact]
    public async Task NextAsync_RangeCannotBeSaved_GivesNothingUntilItCan()
    {
        var full = true;
        using var numbers = new SequenceNumbers(1, _ => throw (full ? new IOException("the device is full") : new NotSupportedException()));

        await Assert.ThrowsAsync<IOException>(async () => await numbers.NextAsync());
        full = false;
        await Assert.ThrowsAsync<NotSupportedException>(async () => await numbers.NextAsync()); // it tries again

        long saved = 0;
        using var mended = new SequenceNumbers(1, next => saved = next);
        Assert.Equal(1, await mended.NextAsync());
        Assert.Equal(1 + SequenceNumbers.Range, saved);
    }

    [Fact]
    public async Task NextAsync_AtTheEnd_GivesNoNumberThatJsonCannotHold()
    {
        using var numbers = new SequenceNumbers(SequenceNumbers.Highest - 10, _ => { });

        await Assert.ThrowsAsync<IdentityException>(async () => await numbers.NextAsync());
    }
}
