namespace OpenEntropy.Noise;

/// <summary>A setting that one noise source reads, kept under <c>OpenEntropy:Sources:Settings:{source}:{Name}</c>.</summary>
/// <param name="Name">The key, in PascalCase.</param>
/// <param name="Description">What it does, its range and its default.</param>
public sealed record NoiseSetting(string Name, string Description);
