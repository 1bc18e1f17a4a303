namespace OpenEntropy.Server.Bundles;

/// <summary>What the algorithms were tried by: once in a process, when it is first asked for, which is before its first key.</summary>
/// <param name="run">Tries them.</param>
internal sealed class BundleSelfTests(Func<IReadOnlyList<CheckBody>> run)
{
    private readonly Lazy<IReadOnlyList<CheckBody>> _results = new(run);

    /// <summary>The results. The first call runs the tests.</summary>
    public IReadOnlyList<CheckBody> Results => _results.Value;

    /// <summary>Why no key is made, one sentence; null where the tests are passed. The first call runs them.</summary>
    public string? WhyNot() =>
        Results.FirstOrDefault(test => !test.Ok) is { } failed
            ? $"no key is made: the self-test {failed.Name} failed ({failed.Detail.TrimEnd('.')})"
            : null;
}
