using System.Buffers.Binary;
using OpenEntropy.Continuity;
using OpenEntropy.Pool;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>
/// Seed blocks from a script, as many as are used: what entropy-limited output costs shows only where the noise is not what limits it. Each block is
/// a number and nothing else.
/// </summary>
internal sealed class ScriptedSupply : IDisposable
{
    // A full pool of 65,536 blocks lasts far longer than that.
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(2);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly SeedPool _pool;
    private readonly ResumeWatch _watch;

    /// <summary>Begins.</summary>
    /// <param name="pool">A pool whose own harvest makes no blocks.</param>
    public ScriptedSupply(EntropyPool pool)
    {
        (_pool, _watch) = (pool.Parts.Pool, pool.Parts.Watch);
        _thread = new Thread(Run) { IsBackground = true, Name = "scripted supply" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        var block = new byte[_pool.BlockBytes];
        long number = 0;
        do
        {
            for (var missing = _pool.Capacity - _pool.Counts.Available; missing > 0; missing--)
            {
                BinaryPrimitives.WriteInt64LittleEndian(block, ++number);
                _pool.Add(block, _watch.Epoch);
            }
        } while (!_stop.Wait(s_rest));
    }
}
