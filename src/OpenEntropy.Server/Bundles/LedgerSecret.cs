using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// 256 random bits that requests with an Idempotency-Key are known by: nobody else can tell from an id what key it was made of, nor from what is kept of
/// a request what stood in it. They are made with the first bundle, and stay when the identity is replaced.
/// </summary>
/// <param name="files">Where they are stored.</param>
/// <param name="pool">Gives them.</param>
internal sealed class LedgerSecret(IdentityFiles files, EntropyPool pool) : IDisposable
{
    /// <summary>The file: the bits as they are.</summary>
    public const string Name = "ledger.key";

    private const int Bytes = 32;
    private const int IdBytes = 16;

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile byte[]? _key;

    /// <summary>Whether it was read or made.</summary>
    public bool IsOpen => _key is not null;

    /// <summary>Reads it, or makes it.</summary>
    /// <param name="mayCreate">False: it is not made.</param>
    /// <param name="gone">Ends the wait.</param>
    /// <returns>Null where it is open, or there is none and it may not be made; otherwise why there is no entropy for it.</returns>
    /// <exception cref="IdentityException">It is damaged, or is gone while the ledger is there.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public async ValueTask<EntropyRefusal?> OpenAsync(bool mayCreate, CancellationToken gone)
    {
        if (_key is not null || (!mayCreate && !files.Exists(Name) && !files.Exists(LedgerNote.Name)))
        {
            return null;
        }

        await _opening.WaitAsync(gone);
        try
        {
            return _key is not null ? null : await Task.Run(() => ReadOrCreateAsync(mayCreate, gone), gone);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The id of the bundle that a request with this key makes: 32 lower-case digits.</summary>
    /// <param name="idempotencyKey">The key.</param>
    public string IdOf(string idempotencyKey) =>
        Convert.ToHexStringLower(Hmac($"openentropy-bundle-id\n{idempotencyKey}", []).AsSpan(0, IdBytes));

    /// <summary>What is kept of a request, to tell it from another with the same key: 64 lower-case digits.</summary>
    /// <param name="request">The request.</param>
    public string HmacOf(RepeatableRequest request) =>
        Convert.ToHexStringLower(Hmac($"openentropy-bundle-request\n{request.Key}\n", request.BodySha256));

    /// <summary>Zeroes it.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        _opening.Dispose();
    }

    private byte[] Hmac(string text, ReadOnlySpan<byte> more)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key!);
        hmac.AppendData(Encoding.UTF8.GetBytes(text));
        hmac.AppendData(more);
        return hmac.GetHashAndReset();
    }

    private async Task<EntropyRefusal?> ReadOrCreateAsync(bool mayCreate, CancellationToken gone)
    {
        files.Prepare();
        if (files.Read(Name, Bytes) is { } stored)
        {
            _key =
                stored.Length == Bytes
                    ? stored
                    : throw new IdentityException($"identity/{Name} is damaged: it has {stored.Length} bytes; restore it");
            return null;
        }

        if (files.Exists(LedgerNote.Name))
        {
            throw new IdentityException(
                $"identity/{Name} is missing, and a request could be answered twice: restore it, or remove identity/{LedgerNote.Name} as well for a new one"
            );
        }

        if (!mayCreate)
        {
            return null;
        }

        var key = GC.AllocateArray<byte>(Bytes, pinned: true);
        var (random, refusal) = await DrawnBytes.DrawAsync(pool, Bytes, gone);
        if (random is null)
        {
            return refusal;
        }

        using (random)
        {
            random.Fill(key);
        }

        files.Write(Name, key);
        _key = key;
        return null;
    }
}
