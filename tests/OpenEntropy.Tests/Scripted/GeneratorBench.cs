using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Pool;

namespace OpenEntropy.Tests.Scripted;

/// <summary>What a generator needs, all of it scripted: known blocks, known operating system randomness, clocks moved by hand.</summary>
internal sealed class GeneratorBench : IDisposable
{
    public GeneratorBench(int blockBytes = CtrDrbg.SeedBytes, int capacity = 16)
    {
        Watch = new ResumeWatch(() => Clocks);
        Pool = new SeedPool(capacity, blockBytes, Options.MaximumSeedAge, Time);
        Watch.Resumed = Pool.Discard;
    }

    public ManualTimeProvider Time { get; } = new();

    public (long Boottime, long Realtime) Clocks { get; set; }

    public ResumeWatch Watch { get; }

    public DrbgOptions Options { get; } = new();

    public SeedPool Pool { get; }

    public byte[] Personalization { get; init; } = ScriptedBytes.Of(CtrDrbg.SeedBytes, 1);

    /// <summary>Lengths of the operating system randomness asked for, in order.</summary>
    public List<int> OsRandomCalls { get; } = [];

    /// <summary>From this call on, counted from 1, the operating system's generator fails.</summary>
    public int OsRandomFailsAt { get; set; } = int.MaxValue;

    public int OsRandomScript { get; init; } = 1_000;

    public Generator Create() => new(Pool, Watch, Options, Personalization, FillOsRandom, Time);

    /// <summary>What the n-th call gets, counted from 1.</summary>
    public byte[] OsRandom(int call) => ScriptedBytes.Of(32, OsRandomScript + call);

    /// <summary>A block that is the same for the same number.</summary>
    public byte[] Block(int number) => ScriptedBytes.Of(Pool.BlockBytes, 10_000 + number);

    public void AddBlocks(params int[] numbers)
    {
        foreach (var number in numbers)
            Pool.Add(Block(number), Watch.Epoch);
    }

    public void Dispose() => Pool.Dispose();

    private void FillOsRandom(Span<byte> destination)
    {
        OsRandomCalls.Add(destination.Length);
        if (OsRandomCalls.Count >= OsRandomFailsAt)
            throw new InvalidOperationException("No randomness.");
        OsRandom(OsRandomCalls.Count).AsSpan(0, destination.Length).CopyTo(destination);
    }
}
