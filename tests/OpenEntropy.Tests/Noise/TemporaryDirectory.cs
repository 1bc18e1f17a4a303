namespace OpenEntropy.Tests.Noise;

/// <summary>A directory of a test's own, deleted with all its files at the end.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private static int s_count;

    /// <summary>Creates a directory below another one; by default beside the tests, which is on a disk more often than the temporary directory.</summary>
    public TemporaryDirectory(string? parent = null)
    {
        var name = $"openentropy-test-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent ?? AppContext.BaseDirectory, name)).FullName;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
