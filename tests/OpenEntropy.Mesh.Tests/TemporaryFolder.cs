using OpenEntropy.Mesh.Nodes;

namespace OpenEntropy.Mesh.Tests;

/// <summary>A folder of a test's own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Files = new NodeFiles(Path, _ => Flushes++);

    public string Path { get; } = Directory.CreateTempSubdirectory("openentropy-mesh-").FullName;

    public NodeFiles Files { get; }

    public int Flushes { get; private set; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
