using System.Buffers.Binary;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests;

public sealed class EntropyPoolUniquenessTests
{
    private const int Clients = 64;
    private const int BlockBytes = 16;

    /// <summary>Of each client; 10^7 in all.</summary>
    private const int BlocksPerClient = 156_250;

    /// <summary>Blocks of one request, in turn: the sizes of small clients.</summary>
    private static readonly int[] s_requests = [1, 2, 1, 16, 1, 64, 4];

    /// <summary>Blocks of one request in 500: it is split into two generate calls.</summary>
    private const int LargeRequest = 8192;

    /// <summary>
    /// The first 8 bytes of every 16 are compared. 10^7 of them that were drawn at random would show two alike in one run of 370,000,
    /// so that this test is as strict as one of all 16 bytes, in half the memory.
    /// </summary>
    [Fact]
    public async Task TryGetBytes_TenMillionBlocksOf64Clients_AreAllDifferent()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(8));
        var prefixes = new ulong[Clients * BlocksPerClient];
        var clients = Enumerable
            .Range(0, Clients)
            .Select(client =>
                Task.Factory.StartNew(
                    () => Draw(scripted.Pool, prefixes.AsSpan(client * BlocksPerClient, BlocksPerClient)),
                    TaskCreationOptions.LongRunning
                )
            )
            .ToArray();
        var drawing = Task.WhenAll(clients);

        // Meanwhile the harvest goes on and the generators reseed.
        while (!drawing.IsCompleted)
        {
            scripted.Pool.Parts.Harvester.RunHarvestTurn();
            scripted.Time.Advance(TimeSpan.FromMilliseconds(10));
            Thread.Yield();
        }

        await drawing;
        Assert.True(scripted.Pool.Status.Reseeds["interval"] > 0);
        Array.Sort(prefixes);
        for (var i = 1; i < prefixes.Length; i++)
        {
            if (prefixes[i] == prefixes[i - 1])
                Assert.Fail($"16 bytes beginning with {prefixes[i]:x16} were given twice");
        }
    }

    private static void Draw(EntropyPool pool, Span<ulong> prefixes)
    {
        var buffer = new byte[LargeRequest * BlockBytes];
        for (var request = 0; prefixes.Length > 0; request++)
        {
            var blocks = Math.Min(request % 500 == 499 ? LargeRequest : s_requests[request % s_requests.Length], prefixes.Length);
            var destination = buffer.AsSpan(0, blocks * BlockBytes);
            Assert.Null(pool.TryGetBytes(destination));
            for (var i = 0; i < blocks; i++)
                prefixes[i] = BinaryPrimitives.ReadUInt64BigEndian(destination[(i * BlockBytes)..]);
            prefixes = prefixes[blocks..];
        }
    }
}
