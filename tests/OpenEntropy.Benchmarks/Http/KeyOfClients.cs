using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>A storage directory with one key in it, for a service that asks everybody for one.</summary>
internal sealed class KeyOfClients : IDisposable
{
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    /// <summary>What the service is started with.</summary>
    public string[] Arguments => [$"--OpenEntropy:Storage:Directory={_storage.FullName}", "--OpenEntropy:Security:RequireKey=true"];

    /// <summary>Makes the key, which may do all.</summary>
    /// <returns>The header that presents it.</returns>
    public async Task<string> MakeHeaderAsync()
    {
        var desk = new ApiKeyDesk(_storage.FullName, TimeProvider.System);
        var (_, text) = await desk.CreateAsync("benchmark", Scopes.All, lasts: null, CancellationToken.None);
        return $"x-api-key: {text}";
    }

    /// <inheritdoc/>
    public void Dispose() => _storage.Delete(recursive: true);
}
