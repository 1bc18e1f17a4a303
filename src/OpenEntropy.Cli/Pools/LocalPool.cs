using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Pools;

/// <summary>The engine in this process.</summary>
internal static class LocalPool
{
    /// <summary>A pool over a selection, not harvesting yet.</summary>
    /// <param name="sources">The selection.</param>
    /// <param name="mayEnable">Opt-in sources that may be switched on later, in the same words; none: the default.</param>
    /// <exception cref="CommandFailureException">The engine cannot be made of it.</exception>
    public static EntropyPool Create(string sources, string mayEnable = "")
    {
        try
        {
            return new EntropyPool(
                new EntropyPoolOptions
                {
                    Sources = new SourcesOptions { Enabled = sources, MayEnable = mayEnable },
                }
            );
        }
        catch (EntropyConfigurationException exception)
        {
            throw new CommandFailureException(exception.Message);
        }
    }
}
