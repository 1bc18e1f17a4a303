namespace OpenEntropy.Server.Bundles;

/// <summary>What the algorithms were tried by: when it is first asked for, which is before the first key, and again on demand.</summary>
/// <param name="run">Tries them.</param>
/// <param name="time">Dates the results; null: the system's.</param>
internal sealed class BundleSelfTests(Func<IReadOnlyList<CheckBody>> run, TimeProvider? time = null)
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<CheckBody>? _results;

    /// <summary>The results. The first call runs the tests.</summary>
    public IReadOnlyList<CheckBody> Results
    {
        get
        {
            if (_results is { } results)
            {
                return results;
            }

            lock (_gate)
            {
                return _results ?? Run_NeedsLock();
            }
        }
    }

    /// <summary>The results; null while nothing has asked for them.</summary>
    public IReadOnlyList<CheckBody>? Known => _results;

    /// <summary>When they were made; null before.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>Runs the tests again.</summary>
    public IReadOnlyList<CheckBody> RunAgain()
    {
        lock (_gate)
        {
            return Run_NeedsLock();
        }
    }

    /// <summary>Why no key is made, one sentence; null where the tests are passed. The first call runs them.</summary>
    public string? WhyNot() =>
        Results.FirstOrDefault(test => !test.Ok) is { } failed
            ? $"no key is made: the self-test {failed.Name} failed ({failed.Detail.TrimEnd('.')})"
            : null;

    private IReadOnlyList<CheckBody> Run_NeedsLock()
    {
        var results = run();
        Time = (time ?? TimeProvider.System).GetUtcNow();
        return _results = results;
    }
}
