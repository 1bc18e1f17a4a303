using System.Text.Json;

namespace OpenEntropy.Http;

/// <summary>What comes of secret keys.</summary>
public enum SecretKeyForm
{
    /// <summary>In the answer: encrypted where there is a passphrase, else in clear.</summary>
    Answered,

    /// <summary>In no answer: only in the file of the bundle, encrypted.</summary>
    Withheld,
}

/// <summary>The key pairs that are asked for.</summary>
public sealed record BundleMintRequest
{
    /// <summary>1 to 8 of the names in docs/pqc.md; none: one pair of ML-KEM-768.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>Of <c>base64</c>, <c>hex</c>, <c>pem</c>, <c>jwk</c>; none: the service's default.</summary>
    public IReadOnlyList<string> Encodings { get; init; } = [];

    /// <summary>Who asks, up to 128 characters; null: nobody says.</summary>
    public string? Requester { get; init; }

    /// <summary>What for, up to 256 characters.</summary>
    public string? Purpose { get; init; }

    /// <summary>
    /// 12 to 1,024 characters of which 6 differ: the secret keys come encrypted under it. Empty: in clear. It stays its owner's, who may zero it after the
    /// call; over plain HTTP whoever listens reads it.
    /// </summary>
    public ReadOnlyMemory<char> Passphrase { get; init; }

    /// <summary>What comes of the secret keys. Default <see cref="SecretKeyForm.Answered"/>.</summary>
    public SecretKeyForm SecretKeys { get; init; }

    /// <summary>Whether the service keeps the encrypted secret keys in the bundle's file. Default no.</summary>
    public bool Store { get; init; }

    /// <summary>
    /// 1 to 255 visible ASCII characters: the same request, sent again, makes no second bundle, and is answered without the secret keys. Only with one is a
    /// request sent again while the service is unavailable.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The algorithms whose keys the answer must have.</summary>
    internal IReadOnlyList<string> Expected => Algorithms.Count > 0 ? Algorithms : ["ML-KEM-768"];

    /// <summary>Writes the body, in memory that is zeroed when it is disposed of.</summary>
    internal SecretBytes ToBody()
    {
        var body = new SecretBytes(8192); // more than most bodies, so that few grow
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        WriteList(json, "algorithms", Algorithms);
        WriteList(json, "encodings", Encodings);
        if (Requester is not null)
            json.WriteString("requester", Requester);
        if (Purpose is not null)
            json.WriteString("purpose", Purpose);
        if (!Passphrase.IsEmpty)
            json.WriteString("passphrase", Passphrase.Span);
        if (SecretKeys == SecretKeyForm.Withheld)
            json.WriteString("secret_keys", "withheld");
        if (Store)
            json.WriteBoolean("store", value: true);
        json.WriteEndObject();
        json.Flush();
        return body;
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
