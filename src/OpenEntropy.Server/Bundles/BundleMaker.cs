using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Bundles;

/// <summary>Makes the keys of a bundle and its text, from randomness that was drawn.</summary>
/// <param name="pool">Its accounts are the evidence.</param>
/// <param name="history">Figures of the sources that are lost weaken the promises.</param>
/// <param name="deviations">What weakens them beside.</param>
/// <param name="selfTests">What the algorithms were tried by.</param>
/// <param name="options">Name the node.</param>
/// <param name="time">Dates it.</param>
internal sealed class BundleMaker(
    EntropyPool pool,
    AssessmentHistory history,
    DeviationBoard deviations,
    BundleSelfTests selfTests,
    IOptions<BundleOptions> options,
    TimeProvider time
)
{
    private const int RoomForText = 65_536;

    private static readonly ServerJson s_json = new(
        new JsonSerializerOptions(ServerJson.Readable.Options) { Converters = { new EvidenceNumber() } }
    );

    /// <summary>Is called before a bundle is signed; for tests, which fail there.</summary>
    public Action? BeforeSigning { get; set; }

    /// <inheritdoc cref="BundleSelfTests.WhyNot"/>
    public string? WhyNot() => selfTests.WhyNot();

    /// <summary>Makes a bundle.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="id">Its id.</param>
    /// <param name="randomness">What all of it is a function of.</param>
    /// <param name="identity">Signs it.</param>
    /// <param name="chaosMagnet">Whether the answer has that program's names.</param>
    /// <param name="file">What is kept: no secret key that is not encrypted.</param>
    /// <returns>The answer, with the secret keys.</returns>
    public SecretBuffer Make(
        BundleRequest request,
        string id,
        MintRandomness randomness,
        BundleIdentity identity,
        bool chaosMagnet,
        out SecretBuffer file
    )
    {
        var keys = new List<MintedKey>();
        using var secrets = new SecretBuffer(RoomForText);
        try
        {
            keys.AddRange(request.Algorithms.Select((algorithm, index) => algorithm.Make(randomness.Key(index))));
            var status = pool.Status;
            var created = time.GetUtcNow();
            var payload = BundleText.WritePayload(Content(request, id, created, status), keys, identity.Public);
            BeforeSigning?.Invoke();
            var signatures = identity.Sign(payload, randomness.Fill);
            WriteSecrets(secrets, request, keys, randomness.Fill);
            (var text, file) = WriteBoth(
                target =>
                {
                    if (chaosMagnet)
                    {
                        ChaosMagnetForm.Write(target, request, keys[0], created, status, identity, secrets.Written, randomness.Fill);
                    }
                    else
                    {
                        var told = request.Secrets == SecretForm.Withheld ? default : secrets.Written;
                        BundleText.WriteDocument(target, payload, signatures, told.Span);
                    }
                },
                target => BundleText.WriteDocument(target, payload, signatures, request.Store ? secrets.Written.Span : [], request.Hmac)
            );
            return text;
        }
        finally
        {
            keys.ForEach(static key => key.Dispose());
        }
    }

    // Both or neither: what was begun is zeroed where the other does not come to its end.
    private static (SecretBuffer First, SecretBuffer Second) WriteBoth(Action<SecretBuffer> writeFirst, Action<SecretBuffer> writeSecond)
    {
        var (first, second) = (new SecretBuffer(RoomForText), new SecretBuffer(RoomForText));
        try
        {
            writeFirst(first);
            writeSecond(second);
            return (first, second);
        }
        catch
        {
            first.Dispose();
            second.Dispose();
            throw;
        }
    }

    private static void WriteSecrets(SecretBuffer target, BundleRequest request, List<MintedKey> keys, RandomBytes random)
    {
        using var writer = new Utf8JsonWriter(target, BundleText.Relaxed);
        writer.WriteStartArray();
        for (var i = 0; i < keys.Count; i++)
        {
            if (request.Passphrase is { } passphrase)
            {
                BundleKeyText.WriteEncrypted(writer, i, keys[i], passphrase.Characters, random);
            }
            else
            {
                BundleKeyText.WriteSecret(writer, i, keys[i], request.Encodings);
            }
        }

        writer.WriteEndArray();
    }

    private BundleContent Content(BundleRequest request, string id, DateTimeOffset created, EntropyPoolStatus status) =>
        new()
        {
            Id = id,
            Created = created,
            Requester = request.Requester,
            Purpose = request.Purpose,
            Node = options.Value.Node.Length > 0 ? options.Value.Node : null,
            Encodings = request.Encodings,
            Secrets = request.Secrets,
            IsStored = request.Store,
            Evidence = Evidence(request, status),
        };

    private byte[] Evidence(BundleRequest request, EntropyPoolStatus status)
    {
        var evidence = EvidenceBody.From(status, request.Algorithms.Count, pool.BlocksOfFresh(1), selfTests.Results);
        evidence = evidence with { Pool = evidence.Pool with { Deviations = ServiceDeviations.Of(status, history, deviations) } };
        return JsonSerializer.SerializeToUtf8Bytes(evidence, s_json.EvidenceBody);
    }
}
