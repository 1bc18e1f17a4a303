using OpenEntropy.Drills;
using OpenEntropy.Health;

namespace OpenEntropy;

/// <content>The doors for those who drill and for those who run self-tests. A drill is theirs to end.</content>
public sealed partial class EntropyPool
{
    /// <summary>Share of one core that the further turns of drilled sources may use together.</summary>
    internal static double DrillShare => Harvest.HarvestPace.DrillShare;

    /// <summary>Whether drills are allowed.</summary>
    internal bool AllowsDrills => _parts.AllowsDrills;

    /// <summary>Begins to make a source fail.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="exercise">The drill.</param>
    /// <returns>Why not, in one clause; null where it has begun.</returns>
    /// <exception cref="ArgumentException">No source has that name.</exception>
    /// <exception cref="InvalidOperationException">Drills are not allowed.</exception>
    internal string? TryBeginDrill(string name, SourceExercise exercise) => Source(name).TryBeginDrill(exercise);

    /// <summary>Ends it.</summary>
    /// <param name="name">The source's name.</param>
    /// <param name="exercise">The drill.</param>
    internal void EndDrill(string name, SourceExercise exercise) => Source(name).EndDrill(exercise);

    /// <summary>Begins to starve the pool or to age its seeds.</summary>
    /// <param name="kind"><see cref="DrillKind.Starve"/> or <see cref="DrillKind.Age"/>.</param>
    /// <param name="length">After how long it will be ended, for those who are told when to ask again.</param>
    /// <exception cref="InvalidOperationException">Drills are not allowed.</exception>
    internal void BeginDrill(DrillKind kind, TimeSpan length)
    {
        if (!AllowsDrills)
            throw new InvalidOperationException("Drills are not allowed.");
        _parts.Withholding.Begin(kind, length);
    }

    /// <summary>Ends it.</summary>
    /// <param name="kind">As it was begun.</param>
    internal void EndDrill(DrillKind kind) => _parts.Withholding.End(kind);

    /// <summary>Gives nothing until <see cref="ResumeOutput"/>: a self-test has failed.</summary>
    /// <param name="why">One sentence.</param>
    /// <param name="isDrill">True where the test was only compared with a wrong answer.</param>
    internal void StopOutput(string why, bool isDrill = false) => _parts.Withholding.StopOutput(why, isDrill);

    /// <summary>The self-tests pass again. Where one failed other than by a drill, every block is thrown away and every generator is seeded anew.</summary>
    internal void ResumeOutput() => _parts.Withholding.ResumeOutput();

    private EntropySource Source(string name) =>
        _parts.FindSource(name) ?? throw new ArgumentException($"No noise source is named '{name}'.", nameof(name));
}
