using System.Collections.Concurrent;

namespace OpenEntropy.Native;

/// <summary>The pools that callers have open. A handle is a number that is given once in the life of the process, so that a stale one is always noticed.</summary>
internal static class OpenPools
{
    private static readonly ConcurrentDictionary<ulong, EntropyPool> s_pools = new();
    private static ulong s_last;

    /// <summary>Takes a pool over.</summary>
    /// <param name="pool">The pool.</param>
    /// <returns>Its handle, never 0.</returns>
    public static ulong Add(EntropyPool pool)
    {
        var handle = Interlocked.Increment(ref s_last);
        s_pools[handle] = pool;
        return handle;
    }

    /// <summary>Starts a pool.</summary>
    /// <param name="options">Its options.</param>
    /// <returns>Its handle.</returns>
    public static ulong Start(EntropyPoolOptions options)
    {
        var pool = EntropyPool.Start(options);
        try
        {
            return Add(pool);
        }
        catch
        {
            // Nobody would ever have its handle.
            pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>The pool of a handle. It may be closed while it is in use: it then refuses, and its waits end.</summary>
    /// <param name="handle">The handle.</param>
    /// <exception cref="NativeFailureException">No open pool has it.</exception>
    public static EntropyPool Find(ulong handle) => s_pools.TryGetValue(handle, out var pool) ? pool : throw Unknown(handle);

    /// <summary>Ends a pool: its handle is stale from here on, its waits end, its state is zeroed, its sources are closed.</summary>
    /// <param name="handle">The handle.</param>
    /// <exception cref="NativeFailureException">No open pool has it, or another thread is closing it.</exception>
    public static void Close(ulong handle)
    {
        if (!s_pools.TryRemove(handle, out var pool))
            throw Unknown(handle);
        pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static NativeFailureException Unknown(ulong handle) =>
        new(ResultCode.InvalidHandle, $"no open pool has the handle {handle}: it was never given, or it was closed");
}
