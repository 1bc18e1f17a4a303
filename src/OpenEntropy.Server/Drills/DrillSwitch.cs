using OpenEntropy.Drills;
using OpenEntropy.Server.SelfTests;

namespace OpenEntropy.Server.Drills;

/// <summary>Makes what is drilled fail, and lets it be.</summary>
/// <param name="pool">The pool and its sources.</param>
/// <param name="selfTests">The self-tests.</param>
internal sealed class DrillSwitch(EntropyPool pool, SelfTestDesk selfTests)
{
    /// <summary>Makes it fail.</summary>
    /// <param name="run">The drill.</param>
    /// <returns>Why not, in one sentence; null where it fails now.</returns>
    public string? TryOn(DrillRun run)
    {
        switch (run.Kind)
        {
            case DrillKind.Starve or DrillKind.Age:
                _ = pool.TryGetBytes([]); // so that a service nobody has asked yet has a seed, which a starved pool does not take away
                pool.BeginDrill(run.Kind, run.Duration);
                return null;
            case DrillKind.KnownAnswer:
                selfTests.Mislead(true);
                return null;
            default:
                return pool.TryBeginDrill(run.Source!, run.Exercise!) is { } why ? $"{run.Source} cannot be drilled: {why}" : null;
        }
    }

    /// <summary>Lets it be.</summary>
    /// <param name="run">The drill.</param>
    public void Off(DrillRun run)
    {
        switch (run.Kind)
        {
            case DrillKind.Starve or DrillKind.Age:
                pool.EndDrill(run.Kind);
                break;
            case DrillKind.KnownAnswer:
                selfTests.Mislead(false);
                break;
            default:
                pool.EndDrill(run.Source!, run.Exercise!);
                break;
        }
    }
}
