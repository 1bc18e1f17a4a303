using System.Net;
using OpenEntropy.Http.Answers;
using OpenEntropy.Http.Bundles;

namespace OpenEntropy.Http;

/// <summary>Bundles of post-quantum keys.</summary>
public sealed partial class OpenEntropyClient
{
    private const string BundlesPath = "api/v1/pqc/bundles";

    /// <summary>Makes key pairs.</summary>
    /// <param name="request">Null: one pair of ML-KEM-768, with its secret key in clear, which other hosts are given by TLS alone.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Has the secret keys: dispose it.</returns>
    /// <exception cref="ServiceException">Nothing was made, or what came is not what was asked for.</exception>
    public async Task<MintedBundle> MintBundleAsync(BundleMintRequest? request = null, CancellationToken cancellation = default)
    {
        request ??= new BundleMintRequest();
        using var body = request.ToBody();
        using var response = await _calls.SendAsync(
            () =>
            {
                var message = Act(new RequestPath(BundlesPath), () => Json(body.Written));
                if (request.IdempotencyKey is { } key)
                    message.Headers.Add("Idempotency-Key", key);
                return message;
            },
            mayRepeat: request.IdempotencyKey is not null,
            cancellation
        );
        var isRepeat = response.StatusCode == HttpStatusCode.OK;
        return MintAnswer.Read(await JsonBody.ReadBytesAsync(response, _calls, cancellation), request, isRepeat);
    }

    /// <summary>A page of the ledger, the latest first.</summary>
    /// <param name="limit">Entries, 1 to 100; null: 20.</param>
    /// <param name="before">The sequence number before which it begins; null: at the end.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<BundleList> GetBundlesAsync(int? limit = null, long? before = null, CancellationToken cancellation = default) =>
        GetAsync(
            new RequestPath(BundlesPath).Add("limit", (long?)limit).Add("before", before),
            ServiceJson.Default.BundleList,
            cancellation
        );

    /// <summary>A bundle of the ledger, as JSON in UTF-8.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<byte[]> GetBundleAsync(string id, CancellationToken cancellation = default)
    {
        using var response = await _calls.GetAsync(new RequestPath($"{BundlesPath}/{Part(id)}"), cancellation);
        using var bytes = await JsonBody.ReadBytesAsync(response, _calls, cancellation);
        return JsonBody.Parse(
            bytes.Written,
            root =>
                root.GetProperty("bundle").GetProperty("id").GetString() == id
                    ? bytes.Written.ToArray()
                    : throw new FormatException("it is another bundle")
        );
    }

    /// <summary>Has the service verify a bundle, whoever made it. Secret keys are never sent.</summary>
    /// <param name="document">A bundle as JSON in UTF-8, at most 2 MiB. One with <c>secret_keys</c> is refused here.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ArgumentException">It has secret keys, or is no JSON object.</exception>
    public Task<BundleVerification> VerifyBundleAsync(ReadOnlyMemory<byte> document, CancellationToken cancellation = default)
    {
        BundleDocument.RefuseSecrets(document);
        return SendOnceAsync(
            () => Post(new RequestPath($"{BundlesPath}/verify"), () => Json(document)),
            ServiceJson.Default.BundleVerification,
            cancellation
        );
    }

    /// <summary>Who signs the service's bundles, and who did. Fetch it once by a way you trust, and keep it.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task<BundleIdentities> GetBundleIdentitiesAsync(CancellationToken cancellation = default) =>
        GetAsync(new RequestPath("api/v1/pqc/identity"), ServiceJson.Default.BundleIdentities, cancellation);
}
