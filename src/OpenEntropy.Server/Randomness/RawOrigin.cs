namespace OpenEntropy.Server.Randomness;

/// <summary>Where raw samples came from. They are served whatever a source's health, so the answer says how each stands.</summary>
/// <param name="Members">The names of the sources; the samples of several are XORed.</param>
/// <param name="States">The state of each, in the same order.</param>
internal sealed record RawOrigin(IReadOnlyList<string> Members, IReadOnlyList<string> States);
