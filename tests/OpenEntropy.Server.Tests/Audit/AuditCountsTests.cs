using System.Net;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Security;
using Xunit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>What is counted is counted once, in bounded memory, and nobody hides others by coming from many addresses.</summary>
public sealed class AuditCountsTests
{
    private const int Most = 4;

    [Fact]
    public void Add_ByManyThreadsWhileItIsTaken_LosesAndDoublesNothing()
    {
        const int Threads = 4;
        const int Adds = 20_000;
        var counts = new AuditCounts(Most);
        var taken = new AuditSums(Most);
        var adding = Threads;
        var threads = Enumerable
            .Range(0, Threads)
            .Select(id => new Thread(() =>
            {
                for (var i = 0; i < Adds; i++)
                {
                    counts.Add(Key(CallerKind.Key, $"{id % 2}"), new AuditSum(1, 3));
                }

                Interlocked.Decrement(ref adding);
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        while (Volatile.Read(ref adding) > 0)
        {
            counts.Take(taken);
        }

        threads.ForEach(thread => thread.Join());
        counts.Take(taken);

        Assert.Equal(2, taken.Count);
        Assert.All(taken, each => Assert.Equal(new AuditSum(Adds * Threads / 2, 3L * Adds * Threads / 2), each.Value));
    }

    [Fact]
    public void Add_MoreAddressesThanAreToldApart_AreOthersAndDisplaceNoKey()
    {
        var sums = new AuditSums(Most);
        for (var i = 0; i < 1000; i++)
        {
            sums.Add(Key(CallerKind.Anonymous, $"192.0.2.{i}"), new AuditSum(1, 10));
        }

        for (var i = 0; i < Most; i++)
        {
            sums.Add(Key(CallerKind.Key, $"k{i}"), new AuditSum(1, 1));
        }

        Assert.Equal((2 * Most) + 1, sums.Count);
        Assert.Equal(Most, sums.Count(each => each.Key.Caller?.Kind == CallerKind.Key));
        Assert.Equal(new AuditSum(1000 - Most, 10 * (1000 - Most)), sums.Single(each => each.Key.Caller is null).Value);
    }

    [Fact]
    public void Add_MoreKeysThanAreToldApart_AreOthersBesideAddresses()
    {
        var sums = new AuditSums(Most);
        for (var i = 0; i < Most + 3; i++)
        {
            sums.Add(Key(CallerKind.Certificate, $"k{i}"), new AuditSum(1, 1));
        }

        sums.Add(Key(CallerKind.Anonymous, "192.0.2.1"), new AuditSum(1, 1));

        Assert.Equal(new AuditSum(3, 3), sums.Single(each => each.Key.Caller is null).Value);
        Assert.Single(sums, each => each.Key.IsOfAnAddress);
    }

    [Fact]
    public void Add_SameCallerOfTwoRequests_IsOneSum()
    {
        var sums = new AuditSums(Most);
        for (var i = 0; i < 2; i++)
        {
            var caller = Caller.Of(IPAddress.Parse($"2001:db8::{i + 1}"));
            sums.Add(new AuditCountKey(caller, AuditAct.Output, AuditQuality.Drbg, AuditOutcome.Done, 0), new AuditSum(1, 8));
        }

        var sum = Assert.Single(sums);
        Assert.Equal((new AuditSum(2, 16), "2001:db8::/64"), (sum.Value, sum.Key.Caller!.Id));
    }

    private static AuditCountKey Key(CallerKind kind, string id) =>
        new(new Caller(kind, id), AuditAct.Output, AuditQuality.Drbg, AuditOutcome.Done, 0);
}
