using System.Security.Cryptography;
using OpenEntropy.Continuity;
using OpenEntropy.Pool;

namespace OpenEntropy.Drbg;

/// <summary>
/// One CTR_DRBG with its seeding: takes seed blocks from the pool when the policy says so, and mixes 32 fresh bytes of the operating system
/// into every generate call, so that a cloned machine, whose kernel reseeds itself, never repeats us. Its owner locks.
/// </summary>
internal sealed partial class Generator : IDisposable
{
    private readonly CtrDrbg _drbg = new();
    private readonly SeedPool _pool;
    private readonly ResumeWatch _watch;
    private readonly DrbgOptions _options;
    private readonly byte[] _personalization;
    private readonly FillRandom _osRandom;
    private readonly TimeProvider _time;
    private long _seedCompleted;
    private long _seeded;
    private int _epoch;
    private long _requests;
    private long _bytes;
    private readonly Func<int, bool> _trySeed;
    private bool _disposed;

    /// <summary>A generator without a seed.</summary>
    /// <param name="pool">Gives the seed blocks.</param>
    /// <param name="watch">Tells of resumes.</param>
    /// <param name="options">Interval and maximum age.</param>
    /// <param name="personalization">Product, node and instance identity, at most 48 bytes.</param>
    /// <param name="osRandom">Fills the additional input.</param>
    /// <param name="time">Ages the seed.</param>
    public Generator(SeedPool pool, ResumeWatch watch, DrbgOptions options, byte[] personalization, FillRandom osRandom, TimeProvider time)
    {
        (_pool, _watch, _options, _personalization, _osRandom, _time) = (pool, watch, options, personalization, osRandom, time);
        _trySeed = TrySeed;
    }

    /// <summary>Generate calls since the start.</summary>
    public long GenerateCalls { get; private set; }

    /// <summary>Seedings since the start, indexed by <see cref="SeedCause"/>.</summary>
    public long[] Seedings { get; } = new long[Enum.GetValues<SeedCause>().Length];

    /// <summary>Age of the youngest block in the seed; null where the generator may not give output on it.</summary>
    public TimeSpan? SeedAge =>
        !_disposed
        && _drbg.IsSeeded
        && _epoch == _watch.Epoch
        && _time.GetElapsedTime(_seedCompleted) is var age
        && age <= _options.MaximumSeedAge
        && !_pool.Withholding.MakesOld(_seeded)
            ? age
            : null;

    /// <summary>Generate calls that an output needs, at least one.</summary>
    /// <param name="length">Its length, bytes.</param>
    public static int CallsFor(int length) =>
        Math.Max(1, (int)(((long)length + CtrDrbg.MaximumRequestBytes - 1) / CtrDrbg.MaximumRequestBytes));

    /// <summary>Forgets the seed.</summary>
    public void Dispose()
    {
        _disposed = true;
        _drbg.Dispose();
    }

    private bool TrySeed(int length)
    {
        var cause = Cause(length, out var epoch);
        if (cause == SeedCause.None)
            return true;

        // 384 bits of seed, 3s/2 for s = 256: one block, or two where the hash is shorter. Each has full entropy.
        Span<byte> blocks = stackalloc byte[BlocksPerSeed(_pool.BlockBytes) * _pool.BlockBytes];
        try
        {
            if (!_pool.TryTakeYoungest(blocks, out var completed))
                return !ReseedPolicy.IsRequired(cause);
            Seed(blocks, completed, cause, epoch);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(blocks);
        }
    }

    private bool TrySeedFresh(int length, ReservedBlocks seeds)
    {
        if (!seeds.AreCurrent)
            return false;
        var cause = Cause(length, out var epoch);
        if (!ReseedPolicy.IsRequired(cause))
            cause = SeedCause.Fresh;
        Seed(seeds.Use(BlocksPerSeed(_pool.BlockBytes), out var completed), completed, cause, epoch);
        return true;
    }

    private SeedCause Cause(int length, out int epoch)
    {
        epoch = _watch.Look();
        var now = _time.GetTimestamp();
        var use = new GeneratorUse(
            _drbg.IsSeeded,
            EpochPassed: _epoch != epoch,
            _pool.Withholding.MakesOld(_seeded) ? TimeSpan.MaxValue : _time.GetElapsedTime(_seedCompleted, now),
            _time.GetElapsedTime(_seeded, now),
            _requests,
            _bytes + length
        );
        return ReseedPolicy.Next(use, _options);
    }

    private void Seed(ReadOnlySpan<byte> blocks, long completed, SeedCause cause, int epoch)
    {
        var seed = blocks[..CtrDrbg.SeedBytes];
        if (cause == SeedCause.Resume)
            _drbg.Uninstantiate();
        if (_drbg.IsSeeded)
            _drbg.Reseed(seed, []);
        else
            _drbg.Instantiate(seed, _personalization);
        (_seedCompleted, _seeded, _epoch, _requests, _bytes) = (completed, _time.GetTimestamp(), epoch, 0, 0);
        Seedings[(int)cause]++;
    }

    /// <summary>Blocks that make one seed.</summary>
    /// <param name="blockBytes">Bytes in a block.</param>
    public static int BlocksPerSeed(int blockBytes) => (CtrDrbg.SeedBytes + blockBytes - 1) / blockBytes;
}
