using System.Security.Cryptography;
using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Pool;

namespace OpenEntropy.Harvest;

/// <summary>Turns the samples of the harvest into seed blocks: feeds the conditioner and puts what it completes into the pool. It belongs to the harvest thread.</summary>
internal sealed class BlockMaker : IDisposable
{
    private const double RateWeight = 1.0 / 16;

    private readonly Conditioner _conditioner;
    private readonly SeedPool _pool;
    private readonly ResumeWatch _watch;
    private readonly LockedMemory _block;
    private int _epoch;
    private TimeSpan _sinceBlock;
    private double _blocksPerSecond;

    /// <summary>A maker with an empty block.</summary>
    /// <param name="conditioner">Counts and hashes the samples.</param>
    /// <param name="pool">Receives the blocks.</param>
    /// <param name="watch">Tells of resumes, after which the open block is worth nothing.</param>
    public BlockMaker(Conditioner conditioner, SeedPool pool, ResumeWatch watch)
    {
        (_conditioner, _pool, _watch, _epoch) = (conditioner, pool, watch, watch.Epoch);
        _block = new LockedMemory(conditioner.BlockBytes);
    }

    /// <summary>Blocks per second at full duty, as measured lately.</summary>
    public double BlocksPerSecond => Volatile.Read(ref _blocksPerSecond);

    /// <summary>Forgets the open block if the machine was resumed since the last look.</summary>
    public void ForgetAfterResume()
    {
        var epoch = _watch.Look();
        if (epoch == _epoch)
            return;
        _epoch = epoch;
        _conditioner.Discard();
    }

    /// <summary>Mixes a batch into the open block.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="samples">Tested samples.</param>
    /// <param name="bits">What they earn.</param>
    public void Absorb(int source, ReadOnlySpan<byte> samples, double bits) => _conditioner.Absorb(source, samples, bits);

    /// <summary>Mixes what others made into the open block, for nothing.</summary>
    /// <param name="input">What is waiting; it is taken and zeroed.</param>
    public void Mix(UncreditedInput input)
    {
        // Who adds without end keeps no turn waiting.
        for (var i = 0; i < UncreditedInput.Capacity && input.TryTake(out var bytes); i++)
        {
            _conditioner.Mix(bytes);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The open block does not count on this source.</summary>
    /// <param name="source">The source's index.</param>
    public void Revoke(int source) => _conditioner.Revoke(source);

    /// <summary>Puts the open block into the pool if it is complete.</summary>
    /// <param name="spent">How long the turn before took.</param>
    public void Complete(TimeSpan spent)
    {
        _sinceBlock += spent;
        if (!_conditioner.TryComplete(_block.Span))
            return;
        _pool.Add(_block.Span, _epoch);
        CryptographicOperations.ZeroMemory(_block.Span);

        var rate = _sinceBlock > TimeSpan.Zero ? 1 / _sinceBlock.TotalSeconds : 0;
        _sinceBlock = TimeSpan.Zero;
        Volatile.Write(ref _blocksPerSecond, _blocksPerSecond == 0 ? rate : _blocksPerSecond + (RateWeight * (rate - _blocksPerSecond)));
    }

    /// <summary>Zeroes the block.</summary>
    public void Dispose() => _block.Dispose();
}
