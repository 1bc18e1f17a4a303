namespace OpenEntropy.Noise;

/// <summary>What a noise source may know of the program around it.</summary>
/// <param name="StorageDirectory">An absolute path below which a source keeps its files. It may not exist yet.</param>
/// <param name="Settings">The source settings, keyed <c>{source}:{setting}</c>, compared without case.</param>
public sealed record NoiseContext(string StorageDirectory, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The value of a source's setting, or null where it is not set.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="setting">The setting's name.</param>
    public string? Setting(string source, string setting) => Settings.GetValueOrDefault($"{source}:{setting}");
}
