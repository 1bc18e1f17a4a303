using System.Text.Json;
using OpenEntropy.Health;

namespace OpenEntropy.Server.Randomness;

/// <summary>Where raw samples came from. They are served whatever a source's health, so the answer says how each stands.</summary>
/// <param name="Members">The names of the sources; the samples of several are XORed.</param>
/// <param name="States">The state of each, in the same order.</param>
internal sealed record RawOrigin(IReadOnlyList<string> Members, IReadOnlyList<string> States)
{
    /// <summary>A state as the API writes it: lower case, words joined by underscores.</summary>
    /// <param name="state">The state; null, as of a source that is gone, counts as unavailable.</param>
    public static string NameOf(SourceState? state) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName((state ?? SourceState.Unavailable).ToString());
}
