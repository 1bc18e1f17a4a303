using OpenEntropy.SelfTests;
using OpenEntropy.Server.Bundles;

namespace OpenEntropy.Server.SelfTests;

/// <summary>
/// Runs the self-tests, at the start and on demand, and draws the consequences: while one that gates output fails, the pool gives nothing; while one of a
/// post-quantum algorithm fails, no key is made.
/// </summary>
/// <param name="suite">Those that gate output.</param>
/// <param name="bundles">Those of the post-quantum algorithms.</param>
/// <param name="board">Shows the outcomes.</param>
/// <param name="pool">Whose output they gate.</param>
/// <param name="time">Dates them.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SelfTestDesk(
    SelfTestSuite suite,
    BundleSelfTests bundles,
    SelfTestBoard board,
    EntropyPool pool,
    TimeProvider time,
    ILogger<SelfTestDesk> logger
)
{
    private readonly Lock _gate = new();
    private bool _isMisled;

    /// <summary>Runs those that gate output; one of a post-quantum algorithm is run before its first key, or when all are asked for.</summary>
    /// <returns>Why nothing may be given, in one sentence; null where all pass.</returns>
    public string? RunForOutput()
    {
        lock (_gate)
        {
            return RunForOutput_NeedsLock();
        }
    }

    /// <summary>Runs all of them.</summary>
    public IReadOnlyList<SelfTestBody> RunAll()
    {
        RunForOutput();
        var outcomes = bundles.RunAgain(); // takes long, and nobody who ends a drill waits for it
        lock (_gate)
        {
            board.Add(Describe(outcomes));
        }

        return List();
    }

    /// <summary>Every test with its last outcome.</summary>
    public IReadOnlyList<SelfTestBody> List()
    {
        var run = board.Tests;
        var known = bundles.Known is { } outcomes ? Describe(outcomes) : [];
        return [.. run.Concat(known).Concat(SelfTestOutcomes.OfAlgorithmsNotRun).DistinctBy(test => test.Name, StringComparer.Ordinal)];
    }

    /// <summary>Compares one of them with a wrong answer from now on, or no longer, and runs those that gate output.</summary>
    /// <param name="isMisled">Whether.</param>
    public void Mislead(bool isMisled)
    {
        lock (_gate)
        {
            _isMisled = isMisled;
            RunForOutput_NeedsLock();
        }
    }

    private string? RunForOutput_NeedsLock()
    {
        var failedBefore = board.Failures.Any(test => test.Gates == SelfTestOutcomes.Output);
        var outcomes = suite.Run(_isMisled, time);
        board.Add(outcomes);
        var failures = outcomes.Where(test => test.Outcome == SelfTestBoard.Failed).ToList();
        foreach (var failure in failures)
        {
            LogFailed(logger, failure.Name, failure.Standard, failure.Detail!);
        }

        if (failures.Count == 0)
        {
            pool.ResumeOutput();
            if (failedBefore)
            {
                LogPassed(logger, outcomes.Length);
            }

            return null;
        }

        var why = $"nothing is given: the self-test {failures[0].Name} failed ({failures[0].Detail})";
        pool.StopOutput(why, isDrill: _isMisled && failures.TrueForAll(test => test.Name == EngineSelfTests.Generator));
        return why;
    }

    private SelfTestBody[] Describe(IReadOnlyList<CheckBody> checks) =>
        [.. checks.Select(check => SelfTestOutcomes.Of(check, bundles.Time ?? time.GetUtcNow()))];

    [LoggerMessage(LogLevel.Error, "The self-test {Test} ({Standard}) failed: {Detail}. Nothing is given", EventName = "self_test_failed")]
    private static partial void LogFailed(ILogger logger, string test, string standard, string detail);

    [LoggerMessage(
        LogLevel.Information,
        "The self-tests pass again, {Count} of them, and bytes are given",
        EventName = "self_tests_passed"
    )]
    private static partial void LogPassed(ILogger logger, int count);
}
