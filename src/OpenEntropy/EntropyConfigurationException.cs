namespace OpenEntropy;

/// <summary>The options cannot work. The message names the configuration key.</summary>
/// <param name="key">The key, from <c>OpenEntropy:</c> on.</param>
/// <param name="problem">What is wrong with it.</param>
public sealed class EntropyConfigurationException(string key, string problem) : Exception($"{key}: {problem}")
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}
