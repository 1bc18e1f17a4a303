namespace OpenEntropy.Server.SelfTests;

/// <summary>The last outcome of every self-test. Read by answers and metrics, written by the desk.</summary>
internal sealed class SelfTestBoard
{
    /// <summary>The outcome of a test that passed.</summary>
    public const string Passed = "passed";

    /// <summary>The outcome of a test that failed.</summary>
    public const string Failed = "failed";

    /// <summary>There is none yet.</summary>
    public const string NotRun = "not_run";

    private volatile SelfTestBody[] _tests = [];

    /// <summary>Every test with its last outcome; none before the first run.</summary>
    public IReadOnlyList<SelfTestBody> Tests => _tests;

    /// <summary>Those whose last outcome is a failure.</summary>
    public IEnumerable<SelfTestBody> Failures => _tests.Where(test => test.Outcome == Failed);

    /// <summary>Takes outcomes in; one caller at a time. Tests that are not among them stay as they were.</summary>
    /// <param name="outcomes">The outcomes.</param>
    public void Add(IReadOnlyList<SelfTestBody> outcomes)
    {
        var names = outcomes.Select(test => test.Name).ToHashSet(StringComparer.Ordinal);
        var known = _tests;
        SelfTestBody[] kept = [.. known.Select(test => names.Contains(test.Name) ? outcomes.First(each => each.Name == test.Name) : test)];
        _tests = [.. kept, .. outcomes.Where(test => !known.Any(each => each.Name == test.Name))];
    }
}
