using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Pools;

/// <summary>The engine in this process.</summary>
internal static class LocalPool
{
    /// <summary>A pool over a selection, not harvesting yet.</summary>
    /// <param name="sources">The selection.</param>
    /// <exception cref="CommandFailureException">The engine cannot be made of it.</exception>
    public static EntropyPool Create(string sources) => Create(sources, static options => new EntropyPool(options), static _ => { });

    /// <summary>A pool over a selection, not harvesting yet, with further options.</summary>
    /// <param name="sources">The selection.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="set">Sets the options.</param>
    /// <exception cref="CommandFailureException">The engine cannot be made of it.</exception>
    public static EntropyPool Create(string sources, Func<EntropyPoolOptions, EntropyPool> create, Action<EntropyPoolOptions> set)
    {
        var options = new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = sources } };
        set(options);
        try
        {
            return create(options);
        }
        catch (EntropyConfigurationException exception)
        {
            throw new CommandFailureException(exception.Message);
        }
    }
}
