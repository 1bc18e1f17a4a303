using OpenEntropy.Noise;

namespace OpenEntropy.Server.Harvest;

/// <summary>
/// The pool, made on another thread while the rest of the service is put together: to make it takes as long as that. Where there is one processor it is
/// made when it is asked for, since the two would take turns.
/// </summary>
internal sealed class EarlyPool
{
    private readonly EntropyPoolOptions _options;
    private readonly Task<EntropyPool>? _pool;

    private EarlyPool(EntropyPoolOptions options, Task<EntropyPool>? pool) => (_options, _pool) = (options, pool);

    /// <summary>Begins to make it, with the catalog's sources and the system's clock. Nothing runs and no device is opened.</summary>
    /// <param name="options">The options, which are not changed until it is taken.</param>
    public static EarlyPool Begin(EntropyPoolOptions options) =>
        new(options, Environment.ProcessorCount > 1 ? Task.Run(() => new EntropyPool(options, TimeProvider.System)) : null);

    /// <summary>Gives it, or another where other things are asked for. To be called once.</summary>
    /// <param name="additional">Noise sources beside the catalog's.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="EntropyConfigurationException">The options contradict each other or name what does not exist.</exception>
    public EntropyPool Take(IReadOnlyList<NoiseSource> additional, TimeProvider time)
    {
        if (_pool is not null && additional.Count == 0 && ReferenceEquals(time, TimeProvider.System))
        {
            return _pool.GetAwaiter().GetResult();
        }

        Discard();
        foreach (var source in additional)
        {
            _options.AdditionalSources.Add(source);
        }

        return new EntropyPool(_options, time);
    }

    // It reads the options until it is there.
    private void Discard()
    {
        if (_pool is null)
        {
            return;
        }

        _pool.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        if (_pool.IsCompletedSuccessfully)
        {
            _ = _pool.Result.DisposeAsync().AsTask();
        }
    }
}
