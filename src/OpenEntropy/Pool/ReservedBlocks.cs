using OpenEntropy.Continuity;

namespace OpenEntropy.Pool;

/// <summary>Blocks that leave the pool together, all or none, for one request. What the request does not use is zeroed and counted as discarded.</summary>
internal sealed class ReservedBlocks : IDisposable
{
    private readonly SeedPool _pool;
    private readonly ResumeWatch _watch;
    private LockedMemory? _memory;
    private readonly long[] _completed;
    private int _unused;

    /// <summary>Room for blocks, none taken yet.</summary>
    /// <param name="pool">Gives them.</param>
    /// <param name="watch">Tells of resumes.</param>
    /// <param name="count">How many.</param>
    public ReservedBlocks(SeedPool pool, ResumeWatch watch, int count)
    {
        (_pool, _watch) = (pool, watch);
        _memory = pool.Rooms.Rent(count * pool.BlockBytes);
        _completed = new long[count];
    }

    /// <summary>False after a sign that the machine was resumed or cloned since they were taken: a clone holds the same.</summary>
    public bool AreCurrent => Epoch == _watch.Look();

    private Span<byte> Span => Memory.Span[..(_completed.Length * _pool.BlockBytes)];

    private LockedMemory Memory => _memory ?? throw new ObjectDisposedException(nameof(ReservedBlocks));

    private int Epoch { get; set; }

    /// <summary>Takes the youngest blocks, for seeds.</summary>
    public bool TryTakeYoungest()
    {
        Epoch = _watch.Look();
        return Taken(_pool.TryTakeYoungest(Span, _completed));
    }

    /// <summary>Takes the oldest blocks, for entropy-limited output.</summary>
    public bool TryTakeOldest()
    {
        Epoch = _watch.Look();
        return Taken(_pool.TryTakeOldest(Span));
    }

    /// <summary>The next blocks to use, each once.</summary>
    /// <param name="blocks">How many.</param>
    /// <param name="completed">When the first of them was completed.</param>
    public ReadOnlySpan<byte> Use(int blocks, out long completed)
    {
        var first = _completed.Length - _unused;
        completed = _completed[first];
        _unused -= blocks;
        return Span.Slice(first * _pool.BlockBytes, blocks * _pool.BlockBytes);
    }

    /// <summary>All of them, to be used once.</summary>
    public ReadOnlySpan<byte> UseAll()
    {
        _unused = 0;
        return Span;
    }

    /// <summary>Zeroes the blocks and accounts for those that were not used.</summary>
    public void Dispose()
    {
        if (_memory is not { } memory)
            return;
        _memory = null;
        Forfeit();
        _pool.Rooms.Return(memory);
    }

    private bool Taken(bool taken)
    {
        Forfeit();
        _unused = taken ? _completed.Length : 0;
        return taken;
    }

    private void Forfeit()
    {
        if (_unused > 0)
            _pool.Forfeit(_unused);
        _unused = 0;
    }
}
