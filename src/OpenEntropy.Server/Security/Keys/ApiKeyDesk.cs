using System.Text;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>
/// Makes, lists and revokes keys, beside a service that runs or not. One program at a time changes them: each reads the list, changes it and writes it
/// while it holds the lock.
/// </summary>
/// <param name="storage">The storage directory, an absolute path.</param>
/// <param name="time">The clock.</param>
internal sealed class ApiKeyDesk(string storage, TimeProvider time)
{
    /// <summary>The most keys, revoked ones included.</summary>
    public const int Most = 10_000;

    /// <summary>The longest name, characters.</summary>
    public const int LongestName = 64;

    private const string LockName = "api-keys.lock";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly ApiKeyFiles _files = new(storage);

    /// <summary>Makes a key. Directory and files are made where there are none.</summary>
    /// <param name="name">What to call it, 1 to <see cref="LongestName"/> visible characters.</param>
    /// <param name="scopes">What it is for.</param>
    /// <param name="lasts">How long it lasts; null: until it is revoked.</param>
    /// <param name="end">Ends the wait for another program.</param>
    /// <returns>The key as it is kept, and its text, which is kept nowhere.</returns>
    /// <exception cref="ApiKeyFileException">A file is damaged, or as many keys as may are there.</exception>
    /// <exception cref="IOException">The system refuses, or another program holds the lock for too long.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses, or the directory is not this user's alone.</exception>
    public async Task<(ApiKey Key, string Text)> CreateAsync(string name, Scopes scopes, TimeSpan? lasts, CancellationToken end)
    {
        StorageDirectory.Create(storage);
        using var held = await LockAsync(end);
        var keys = _files.Read() ?? _files.CreateEmpty();
        if (keys.All.Count >= Most)
        {
            throw new ApiKeyFileException($"{ApiKeyFiles.ListName} has {Most} keys, the most it can have");
        }

        var (id, text) = ApiKeyText.Create(id => keys.All.Any(key => key.Id == id));
        var hash = new byte[KeySet.HashLength];
        keys.Hash(Encoding.UTF8.GetBytes(text), hash);
        var now = time.GetUtcNow();
        var made = new ApiKey
        {
            Id = id,
            Name = name,
            Scopes = scopes,
            Created = now,
            Expires = now + lasts,
            Hash = hash,
        };
        _files.Write(new KeySet(keys.HashKey, [.. keys.All, made]));
        return (made, text);
    }

    /// <summary>All keys in the order they were made, each with when it was used last, as far as that is known.</summary>
    /// <inheritdoc cref="ApiKeyFiles.Read" path="/exception"/>
    public IReadOnlyList<(ApiKey Key, DateTimeOffset? Used)> List()
    {
        StorageDirectory.Check(storage);
        var uses = _files.ReadUses();
        return
        [
            .. (_files.Read() ?? KeySet.None).All.Select(key =>
                (key, uses.TryGetValue(key.Id, out var used) ? used : (DateTimeOffset?)null)
            ),
        ];
    }

    /// <summary>Revokes a key, for good.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="end">Ends the wait for another program.</param>
    /// <returns>The key, with when it was revoked, which may have been before; null where there is none of this id.</returns>
    /// <inheritdoc cref="CreateAsync" path="/exception"/>
    public async Task<ApiKey?> RevokeAsync(string id, CancellationToken end)
    {
        StorageDirectory.Check(storage);
        if (!Directory.Exists(storage))
        {
            return null;
        }

        using var held = await LockAsync(end);
        if (_files.Read() is not { } keys || keys.All.FirstOrDefault(key => key.Id == id) is not { } found)
        {
            return null;
        }

        if (found.Revoked is not null)
        {
            return found;
        }

        var revoked = found with { Revoked = time.GetUtcNow() };
        _files.Write(new KeySet(keys.HashKey, keys.All.Select(key => key == found ? revoked : key)));
        return revoked;
    }

    private async Task<FileStream> LockAsync(CancellationToken end)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return LockFile.Take(Path.Combine(storage, LockName));
            }
            catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (time.GetElapsedTime(start) > s_patience)
                {
                    throw new IOException(
                        $"{LockName} has been held by another program for {s_patience.TotalSeconds} s, or cannot be locked",
                        exception
                    );
                }
            }

            await Task.Delay(s_pause, time, end);
        }
    }
}
