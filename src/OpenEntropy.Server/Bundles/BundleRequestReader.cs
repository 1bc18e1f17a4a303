using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Bundles;

/// <summary>Reads the body of a request for a bundle: one JSON object, whose members are each known, given once and in their range.</summary>
internal sealed class BundleRequestReader
{
    private const string Names = "algorithms, encodings, requester, purpose, passphrase, secret_keys, store";

    private static readonly Dictionary<string, KeyEncodings> s_encodings = new(StringComparer.Ordinal)
    {
        ["base64"] = KeyEncodings.None,
        ["hex"] = KeyEncodings.Hex,
        ["pem"] = KeyEncodings.Pem,
        ["jwk"] = KeyEncodings.Jwk,
    };

    private static readonly string[] s_forms = [.. Enum.GetValues<SecretForm>().Select(BundleText.Name)];

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private List<string>? _algorithms;
    private List<string>? _encodings;
    private string? _requester;
    private string? _purpose;
    private Passphrase? _passphrase;
    private SecretForm? _secrets;
    private bool _store;

    private BundleRequestReader() { }

    /// <summary>Reads a body.</summary>
    /// <param name="json">UTF-8; empty: nothing is asked beyond the defaults.</param>
    /// <param name="request">The request.</param>
    /// <returns>Null when it stands.</returns>
    public static RequestError? Read(ReadOnlySpan<byte> json, out BundleRequest? request)
    {
        request = null;
        var reader = new BundleRequestReader();
        RequestError? error;
        try
        {
            error = (json.IsEmpty ? null : reader.ReadObject(json)) ?? reader.Check(out request);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair in a name. The exception may quote the body, and is not told.
            error = new RequestError(StatusCodes.Status400BadRequest, Field: null, "the body must be one JSON object");
        }

        if (error is not null)
        {
            reader._passphrase?.Dispose();
        }

        return error;
    }

    private static RequestError Refuse(string field, string message) => new(StatusCodes.Status400BadRequest, field, message);

    private RequestError? ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!_given.Add(name))
            {
                return Refuse(Echo.Cut(name).ToString(), $"{Echo.Cut(name)} must be given once");
            }

            reader.Read();
            if (ReadWellFormed(name, ref reader) is { } error)
            {
                return error;
            }
        }

        // Throws where anything follows.
        return reader.Read() ? throw new JsonException() : null;
    }

    private RequestError? ReadWellFormed(string name, ref Utf8JsonReader reader)
    {
        try
        {
            return ReadMember(name, ref reader);
        }
        catch (InvalidOperationException)
        {
            // Only once a text was read: what is no JSON is told by another exception.
            return Refuse(name, $"{name} must be well-formed Unicode: it has half of a surrogate pair, or is not UTF-8");
        }
    }

    private RequestError? ReadMember(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "algorithms":
                return RequestTexts.ReadTexts(name, ref reader, out _algorithms);
            case "encodings":
                return RequestTexts.ReadTexts(name, ref reader, out _encodings);
            case "requester":
                return RequestTexts.ReadText(name, ref reader, BundleRequest.LongestRequester, out _requester);
            case "purpose":
                return RequestTexts.ReadText(name, ref reader, BundleRequest.LongestPurpose, out _purpose);
            case "passphrase":
                if (reader.TokenType != JsonTokenType.String)
                {
                    return Refuse(name, "passphrase must be a text");
                }

                _passphrase = Passphrase.Read(in reader);
                return PassphraseRule.WhyNot(_passphrase.Characters) is { } why ? Refuse(name, why) : null;
            case "secret_keys":
                var form = reader.TokenType == JsonTokenType.String ? Array.IndexOf(s_forms, reader.GetString()) : -1;
                _secrets = (SecretForm)form;
                return form >= 0 ? null : Refuse(name, $"secret_keys must be one of {string.Join(", ", s_forms)}");
            case "store":
                _store = reader.TokenType == JsonTokenType.True;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : Refuse(name, "store must be true or false");
            default:
                var echo = Echo.Cut(name).ToString();
                return Refuse(echo, $"unknown member '{echo}': known are {Names}");
        }
    }

    private RequestError? Check(out BundleRequest? request)
    {
        request = null;
        var algorithms = (_algorithms ?? [BundleRequest.DefaultAlgorithm]).ConvertAll(BundleAlgorithm.Find);
        if (algorithms.IndexOf(null) is >= 0 and var unknown)
        {
            var known = string.Join(", ", BundleAlgorithm.All.Select(each => each.Name));
            return Refuse("algorithms", $"there is no algorithm '{Echo.Cut(_algorithms![unknown])}': known are {known}");
        }

        var encodings = _encodings is null ? KeyEncodings.Pem : KeyEncodings.None;
        foreach (var name in _encodings ?? [])
        {
            if (!s_encodings.TryGetValue(name, out var encoding))
            {
                return Refuse("encodings", $"there is no encoding '{Echo.Cut(name)}': known are {string.Join(", ", s_encodings.Keys)}");
            }

            encodings |= encoding;
        }

        if (_encodings is not null && algorithms.Find(each => !BundleKeyText.Has(each!, encodings)) is { } without)
        {
            return Refuse(
                "encodings",
                $"{without.Name} has no standard for all of these encodings: pem is for ML-KEM and ML-DSA, jwk for ML-DSA"
            );
        }

        if (_store && _passphrase is null)
        {
            return Refuse("store", "secret keys are stored only under a passphrase: give one, or do not store");
        }

        var secrets = _secrets ?? (_passphrase is null ? SecretForm.Clear : SecretForm.Encrypted);
        if (CheckSecrets(secrets) is { } refusal)
        {
            return refusal;
        }

        request = new BundleRequest
        {
            Algorithms = algorithms!,
            Encodings = encodings,
            Requester = _requester,
            Purpose = _purpose,
            Passphrase = _passphrase,
            Secrets = secrets,
            Store = _store,
        };
        return null;
    }

    // Keys that are neither answered nor stored would be nobody's.
    private RequestError? CheckSecrets(SecretForm secrets) =>
        secrets switch
        {
            SecretForm.Withheld when !_store => Refuse(
                "secret_keys",
                "secret keys are withheld only where they are stored: give store and a passphrase"
            ),
            SecretForm.Encrypted when _passphrase is null => Refuse(
                "secret_keys",
                "secret keys are encrypted under a passphrase: give one"
            ),
            SecretForm.Clear when _passphrase is not null => Refuse(
                "secret_keys",
                "secret keys in clear have no passphrase: leave one of them out"
            ),
            _ => null,
        };
}
