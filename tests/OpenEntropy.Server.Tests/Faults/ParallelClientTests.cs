using System.Runtime.InteropServices;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>Many clients at once.</summary>
public sealed class ParallelClientTests
{
    private const int Clients = 64;
    private const int Requests = 8;
    private const int Bytes = 4096;
    private const int Block = 16;

    [Fact]
    public async Task Get_64ClientsInParallel_NoTwoGetTheSame16Bytes()
    {
        await using var factory = new ServerFactory().OnKestrel();
        using var ready = await factory.CreateReadyClientAsync();
        var address = ready.BaseAddress!;

        var bodies = (await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => ReadAsync(address))))).SelectMany(each =>
            each
        );

        // Every aligned block of every body once, and none of them at any other place of any body.
        var aligned = new HashSet<UInt128>();
        var count = 0;
        var places = 0;
        var all = bodies.ToList();
        foreach (var block in all.SelectMany(body => body.Chunk(Block)))
        {
            aligned.Add(MemoryMarshal.Read<UInt128>(block));
            count++;
        }

        foreach (var body in all)
        {
            for (var i = 0; i + Block <= body.Length; i++)
            {
                places += aligned.Contains(MemoryMarshal.Read<UInt128>(body.AsSpan(i))) ? 1 : 0;
            }
        }

        Assert.Equal(Clients * Requests * Bytes / Block, count);
        Assert.Equal(count, aligned.Count);
        Assert.Equal(count, places);
        Assert.Empty(factory.Logs.Errors);
    }

    private static async Task<byte[][]> ReadAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        var bodies = new byte[Requests][];
        for (var i = 0; i < Requests; i++)
        {
            bodies[i] = await client.GetByteArrayAsync(new Uri($"/api/v1/random?format=bytes&length={Bytes}", UriKind.Relative));
            Assert.Equal(Bytes, bodies[i].Length);
        }

        return bodies;
    }
}
