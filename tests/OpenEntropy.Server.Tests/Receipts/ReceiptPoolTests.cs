using System.Diagnostics.CodeAnalysis;
using OpenEntropy.Server.Tests.Randomness;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>Tests of receipts on scripted noise, with a storage directory that outlives the service.</summary>
[SuppressMessage("Design", "CA1063", Justification = "There is nothing unmanaged.")]
[SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer.")]
public abstract class ReceiptPoolTests : ScriptedPoolTests, IDisposable
{
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    /// <summary>The storage directory.</summary>
    protected string Storage => _storage.FullName;

    /// <summary>What was written into it.</summary>
    protected IReadOnlyList<string> Stored => [.. _storage.EnumerateFileSystemInfos().Select(each => each.Name)];

    public void Dispose() => _storage.Delete(recursive: true);

    private protected Task<ReceiptHost> StartAsync() => ReceiptHost.StartAsync(Pool, Storage);
}
