using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OpenEntropy.Drbg;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>
/// The keys of a bundle are those of the bytes that the pool's generator gave for it, computed here a second time from seed blocks that are known: a key
/// of any other generator would be another.
/// </summary>
public sealed class MintedBytesTests : BundlePoolTests
{
    private const byte AdditionalByte = 0x5a;
    private const int AdditionalBytes = 32;
    private const int MostKeys = 8;
    private const int IdBytes = 16;
    private const int SignatureBytes = 32 + (2 * 96);
    private const int SaltBytes = 32;

    [Fact]
    public async Task Post_SeedBlocksThatAreKnown_MakesEveryKeyOfTheGeneratorsOutput()
    {
        // What is drawn once for all, the identity and the key of the ledger, comes from another pool.
        await using (var first = await BundlesAsync())
        {
            await first.MintAsync();
        }

        await using var scripted = new ScriptedPool(null, target => target.Fill(AdditionalByte), ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(1));
        await using var host = await BundleHost.StartAsync(scripted.Pool, Storage);
        using var mirror = new Mirror(scripted.Pool, blocks: 2 * (MostKeys + 1));

        foreach (var algorithms in BundleAlgorithm.All.Chunk(MostKeys))
        {
            var before = scripted.Pool.Status;
            var made = await host.MintAsync($$"""{"algorithms":["{{string.Join("\",\"", algorithms.Select(each => each.Name))}}"]}""");
            var after = scripted.Pool.Status;

            for (var i = 0; i < algorithms.Length; i++)
            {
                AssertMadeOf(mirror.Draw(algorithms[i].SeedBytes), algorithms[i], made, i);
            }

            // Behind the keys one more draw, which begins with the id.
            var rest = mirror.Draw(IdBytes + SignatureBytes + (SaltBytes * algorithms.Length));
            Assert.Equal(Convert.ToHexStringLower(rest.AsSpan(0, IdBytes)), IdOf(made));
            var minting = made["bundle"]!["evidence"]!["minting"]!;
            var blocks = after.BlocksUsed - before.BlocksUsed - 1;
            Assert.Equal(algorithms.Length, minting["draws"]!.GetValue<int>());
            Assert.Equal(blocks, minting["seed_blocks"]!.GetValue<long>());
            Assert.Equal(blocks * after.BlockRequirementBits, minting["assessed_bits"]!.GetValue<long>());
        }

        Assert.Equal(mirror.Draws, scripted.Pool.Status.GenerateCalls);
    }

    private static void AssertMadeOf(byte[] drawn, BundleAlgorithm algorithm, JsonObject made, int index)
    {
        var used = 0;
        using var key = algorithm.Make(target =>
        {
            drawn.AsSpan(used, target.Length).CopyTo(target);
            used += target.Length;
        });
        var secret = made["secret_keys"]![index]!;

        Assert.Equal(drawn.Length, used);
        Assert.Equal(Convert.ToBase64String(key.PublicKey), made["bundle"]!["keys"]![index]!["public_key"]!.GetValue<string>());
        Assert.Equal(Convert.ToBase64String(key.SecretKey), secret["secret_key"]!.GetValue<string>());
        if (!key.Seed.IsEmpty)
        {
            Assert.Equal(Convert.ToBase64String(drawn), secret["seed"]!.GetValue<string>());
        }
    }

    /// <summary>What the first generator of a pool does, done again: before each draw it is seeded with the youngest block.</summary>
    private sealed class Mirror : IDisposable
    {
        private readonly Stack<byte[]> _blocks = new();
        private readonly CtrDrbg _drbg = new();
        private readonly byte[] _personalization;

        public Mirror(EntropyPool pool, int blocks)
        {
            // The generator has no seed yet; what tells it from others is the time it was made at, among others.
            _personalization = PersonalizationOf(GeneratorsOf(pool.Parts.Generators)[0]);
            for (var number = 1; number <= blocks; number++)
            {
                var block = new byte[pool.Parts.Pool.BlockBytes];
                block.AsSpan().Fill((byte)number);
                _blocks.Push(block);
                pool.Parts.Pool.Add(block, pool.Parts.Watch.Epoch);
            }
        }

        public long Draws { get; private set; }

        public byte[] Draw(int length)
        {
            var block = _blocks.Pop().AsSpan(0, CtrDrbg.SeedBytes);
            if (_drbg.IsSeeded)
            {
                _drbg.Reseed(block, []);
            }
            else
            {
                _drbg.Instantiate(block, _personalization);
            }

            Draws++;
            var (output, additional) = (new byte[length], new byte[AdditionalBytes]);
            additional.AsSpan().Fill(AdditionalByte);
            _drbg.Generate(output, additional);
            return output;
        }

        public void Dispose() => _drbg.Dispose();

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_generators")]
        private static extern ref Generator[] GeneratorsOf(GeneratorSet set);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_personalization")]
        private static extern ref byte[] PersonalizationOf(Generator generator);
    }
}
