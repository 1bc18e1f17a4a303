using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Pool;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Continuity;

/// <summary>
/// All that an output is made of: an open conditioner, a pool of blocks, two seeded generators, and the clock. Two that were made of the same script are copies
/// of each other, as a machine and its clone are, until something is different: the operating system's randomness, which a cloned kernel makes anew, or the
/// noise.
/// </summary>
internal sealed class ClonedMachine : IDisposable
{
    private const int Before = 1_000;
    private const int OsBytes = 32;
    private const int BatchBits = 300; // of each source: a block is complete after two of them, the largest left out of the count
    private const int BlocksBefore = 8;
    private const int Generators = 2;

    private readonly ManualTimeProvider _time = new();
    private readonly Conditioner _conditioner;
    private readonly BlockMaker _maker;
    private readonly Generator[] _generators;
    private int _osScript = Before;
    private int _osCalls;
    private int _batches;
    private int _noiseScript = Before;

    /// <summary>A machine that has run for a while: blocks lie in the pool, one is half made, and every generator has given bytes.</summary>
    public ClonedMachine()
    {
        Watch = new ResumeWatch(() => (0, 0));
        _conditioner = new Conditioner(new ConditioningOptions(), ["one", "two", "three"], "identity"u8.ToArray(), FillOsRandom);
        Pool = new SeedPool(capacity: 64, _conditioner.BlockBytes, TimeSpan.FromMinutes(10), _time);
        Watch.Resumed = Pool.Discard;
        _maker = new BlockMaker(_conditioner, Pool, Watch);
        _generators =
        [
            .. Enumerable
                .Range(0, Generators)
                .Select(i => new Generator(Pool, Watch, new DrbgOptions(), ScriptedBytes.Of(CtrDrbg.SeedBytes, i), FillOsRandom, _time)),
        ];
        MakeBlocks(BlocksBefore);
        Absorb();
        foreach (var generator in _generators)
            Assert.True(generator.TryFill(new byte[100]));
    }

    /// <summary>Notices resumes.</summary>
    public ResumeWatch Watch { get; }

    /// <summary>The seed blocks.</summary>
    public SeedPool Pool { get; }

    /// <summary>From here on the kernel gives other bytes than that of the other machine.</summary>
    /// <param name="script">Which.</param>
    public void ReseedKernel(int script) => _osScript = script;

    /// <summary>From here on its noise is its own.</summary>
    /// <param name="script">Which.</param>
    public void PartNoise(int script) => _noiseScript = script;

    /// <summary>Noise until the pool has so many blocks more.</summary>
    /// <param name="count">How many.</param>
    public void MakeBlocks(int count)
    {
        for (var wanted = Pool.Counts.Available + count; Pool.Counts.Available < wanted; )
            Absorb();
    }

    /// <summary>What clients would get: of each generator, of each after a reseed, and seed blocks XOR generator output.</summary>
    /// <returns>Null where the machine refuses.</returns>
    public byte[]? Draw()
    {
        const int Bytes = 3 * 48;
        var output = new List<byte>();
        foreach (var generator in _generators)
        {
            var bytes = new byte[Bytes];
            if (!generator.TryFill(bytes))
                return null;
            output.AddRange(bytes);
        }

        var blocks = new byte[Bytes];
        var mask = new byte[Bytes];
        if (!Pool.TryTakeOldest(blocks) || !_generators[0].TryFill(mask))
            return null;
        output.AddRange(blocks.Zip(mask, (block, each) => (byte)(block ^ each)));
        _time.Advance(TimeSpan.FromSeconds(2)); // past the interval: the next draw reseeds
        return [.. output];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var generator in _generators)
            generator.Dispose();
        _maker.Dispose();
        Pool.Dispose();
        _conditioner.Dispose();
    }

    private void Absorb()
    {
        _maker.ForgetAfterResume();
        _maker.Absorb(_batches % 3, ScriptedBytes.Of(64, _noiseScript + _batches), BatchBits);
        _batches++;
        _maker.Complete(TimeSpan.Zero);
    }

    private void FillOsRandom(Span<byte> destination) =>
        ScriptedBytes.Of(OsBytes, _osScript + _osCalls++).AsSpan(0, destination.Length).CopyTo(destination);
}
