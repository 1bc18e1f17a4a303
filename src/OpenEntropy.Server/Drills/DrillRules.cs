using OpenEntropy.Drills;

namespace OpenEntropy.Server.Drills;

/// <summary>Says what cannot be drilled as things are, for it would show nothing.</summary>
/// <param name="pool">What would be made to fail.</param>
/// <param name="board">The drills that are on.</param>
internal sealed class DrillRules(EntropyPool pool, DrillBoard board)
{
    /// <summary>Why not, in one sentence; null where it can be.</summary>
    /// <param name="kind">What is to fail.</param>
    /// <param name="source">Of which source, which exists; null where it is of none.</param>
    public string? WhyNot(DrillKind kind, string? source) =>
        source is null ? WhyNot(kind)
        : kind is DrillKind.Stick or DrillKind.Bias ? WhyNotSamples(kind, source)
        : null;

    private string? WhyNot(DrillKind kind) =>
        board.Current.Any(run => run.Kind == kind) ? $"a drill {DrillNames.Of(kind)} is on or not over yet"
        : !pool.CanServe ? $"the service serves nothing as it is, so that nothing would show: {pool.Status.Reason}"
        : null;

    private string? WhyNotSamples(DrillKind kind, string source)
    {
        var status = pool.FindSource(source)!;
        return status.Cutoffs is not { } cutoffs
                ? $"{source} is watched for total failure only: {DrillNames.Of(kind)} would show nothing; hang and vanish do"
            : status.Info.MayBeSilent
                ? $"{source} gives samples only when something happens: {DrillNames.Of(kind)} has no bound there; hang and vanish have"
            : kind == DrillKind.Bias && DrillPattern.Bias(cutoffs) is null
                ? $"a bias that the tests of {source} must notice at its claim is a stuck source: drill stick"
            : null;
    }
}
