namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>Samples in files, for programs to read; what was made goes when disposed.</summary>
internal sealed class SampleFiles : IDisposable
{
    private const string VectorsVariable = "OPENENTROPY_VECTORS";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-benchmarks-");

    /// <summary>Recorded samples that stand in the folder of the vector files; none where the environment names no such folder.</summary>
    /// <param name="names">Paths below it, without the extension.</param>
    public static IEnumerable<(string Name, string Path)> Recorded(params string[] names) =>
        Environment.GetEnvironmentVariable(VectorsVariable) is { } vectors
            ? names.Select(name => (Path.GetFileName(name), Path.Combine(vectors, name + ".bin")))
            : [];

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="samples">What it holds.</param>
    public string Write(string name, byte[] samples)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllBytes(path, samples);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
