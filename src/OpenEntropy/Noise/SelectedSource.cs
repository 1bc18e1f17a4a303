using OpenEntropy.Health;

namespace OpenEntropy.Noise;

/// <summary>A source that a selection names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OnlyIf">
/// The speed that it must turn out to have, where nothing but the word for that speed names it; <see cref="SourceSpeed.Unknown"/>: any.
/// </param>
/// <param name="ByName">True where a term is its own name, or the name that it is a sub-source of.</param>
internal readonly record struct SelectedSource(string Name, SourceSpeed OnlyIf, bool ByName);
