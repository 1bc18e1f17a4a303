namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>A directory for the files of a program, deleted at the end.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-");

    public string Path => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
