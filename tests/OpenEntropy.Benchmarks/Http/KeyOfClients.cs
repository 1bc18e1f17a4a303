using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>A storage directory with one key in it, for a service that asks everybody for one.</summary>
internal sealed class KeyOfClients : IDisposable
{
    private const string Name = "x-api-key: ";

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    /// <summary>A header as long, with a key of another service: where no key is asked for it means nothing.</summary>
    public static readonly string HeaderOfAnother = $"{Name}{new string('a', 57)}";

    /// <summary>What the service is started with.</summary>
    public string[] Arguments => [$"--OpenEntropy:Storage:Directory={_storage.FullName}", "--OpenEntropy:Security:RequireKey=true"];

    /// <summary>Makes the key, which may do all.</summary>
    /// <returns>The header that presents it.</returns>
    public async Task<string> MakeHeaderAsync()
    {
        var desk = new ApiKeyDesk(_storage.FullName, TimeProvider.System);
        var (_, text) = await desk.CreateAsync("benchmark", Scopes.All, lasts: null, CancellationToken.None);
        return $"{Name}{text}";
    }

    /// <inheritdoc/>
    public void Dispose() => _storage.Delete(recursive: true);
}
