using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Native.Tests;

/// <summary>A pool of two scripted sources that an entry point knows by its handle. Its turns are taken by hand, its clock moves by hand.</summary>
internal sealed class OpenedPool : IAsyncDisposable
{
    private readonly ScriptedPool _scripted = new(options: null, ScriptedPool.TwoLively());

    public OpenedPool() => Handle = OpenPools.Add(_scripted.Pool);

    public ulong Handle { get; }

    public EntropyPool Pool => _scripted.Pool;

    /// <summary>One that can give bytes.</summary>
    public static OpenedPool Seeded(int blocks = 4)
    {
        var pool = new OpenedPool();
        Xunit.Assert.True(pool._scripted.HarvestBlocks(blocks));
        return pool;
    }

    public bool HarvestBlocks(int blocks) => _scripted.HarvestBlocks(blocks);

    public async ValueTask DisposeAsync()
    {
        _ = Native.Close(Handle);
        await _scripted.DisposeAsync();
    }
}
