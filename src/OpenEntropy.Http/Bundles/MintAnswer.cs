using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using OpenEntropy.Http.Answers;
using static OpenEntropy.Http.Answers.AnswerCheck;

namespace OpenEntropy.Http.Bundles;

/// <summary>Checks the answer to a request for key pairs, and reads the secrets into memory that is zeroed.</summary>
internal static class MintAnswer
{
    private const string SecretKeys = "secret_keys";

    /// <summary>The bundle.</summary>
    /// <param name="answer">The whole answer; becomes the bundle's, and is zeroed where this throws.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="isRepeat">Whether the service said that it was asked before.</param>
    /// <exception cref="ServiceAnswerException">It is not what was asked for.</exception>
    public static MintedBundle Read(SecretBytes answer, BundleMintRequest request, bool isRepeat)
    {
        var secrets = new List<MintedSecretKey>();
        try
        {
            return JsonBody.Parse(
                answer.Written,
                root =>
                {
                    var bundle = root.GetProperty("bundle");
                    var algorithms = bundle.GetProperty("keys").EnumerateArray().Select(key => Text(key.GetProperty("algorithm")));
                    Expect(algorithms.SequenceEqual(request.Expected, StringComparer.Ordinal), "the keys are of other algorithms");
                    Expect(root.GetProperty("signatures").GetArrayLength() > 0, "there is no signature");
                    ReadSecrets(root, request, isRepeat, secrets);
                    return new MintedBundle(Text(bundle.GetProperty("id")), answer, WithoutSecrets(root), secrets, isRepeat);
                }
            );
        }
        catch
        {
            secrets.ForEach(secret => secret.Zero());
            answer.Dispose();
            throw;
        }
    }

    /// <summary>A document without its secret keys.</summary>
    /// <param name="root">The document.</param>
    public static byte[] WithoutSecrets(JsonElement root)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(document, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            foreach (var member in root.EnumerateObject().Where(member => !member.NameEquals(SecretKeys)))
            {
                json.WritePropertyName(member.Name);
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true); // as it came: texts of numbers may matter
            }

            json.WriteEndObject();
        }

        return document.WrittenSpan.ToArray();
    }

    private static void ReadSecrets(JsonElement root, BundleMintRequest request, bool isRepeat, List<MintedSecretKey> secrets)
    {
        var isTold = root.TryGetProperty(SecretKeys, out var told);
        var isExpected = !isRepeat && request.SecretKeys == SecretKeyForm.Answered;
        Expect(isTold == isExpected, isExpected ? "the secret keys are missing" : "secret keys came that were not asked for");
        if (!isTold)
            return;
        foreach (var key in told.EnumerateArray())
        {
            var algorithm = Text(key.GetProperty("algorithm"));
            var pem = key.TryGetProperty("encrypted_pem", out var encrypted) ? encrypted.GetString() : null;
            var secret = new MintedSecretKey(
                key.GetProperty("key").GetInt32(),
                algorithm,
                Decode(key, "seed"),
                Decode(key, "secret_key"),
                pem
            );
            secrets.Add(secret);
            Expect(secret.Key == secrets.Count - 1, "the secret keys are out of order");
            Expect(algorithm == request.Expected[secret.Key], "a secret key is of another algorithm");
            if (request.Passphrase.IsEmpty)
                Expect(!secret.SecretKey.IsEmpty, "a secret key is empty");
            else
                Expect(pem is not null && secret.SecretKey.IsEmpty && secret.Seed.IsEmpty, "a secret key did not come encrypted");
        }

        Expect(secrets.Count == request.Expected.Count, "secret keys are missing");
    }

    // Base64 in JSON, into memory of our own: its strings would stay until they are collected, and where they were moved from.
    private static byte[] Decode(JsonElement key, string name)
    {
        if (!key.TryGetProperty(name, out var value))
            return [];
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        var text = SecretBytes.ArrayOf(raw.Length);
        byte[] bytes = [];
        try
        {
            var digits = text.AsSpan(0, reader.CopyString(text));
            bytes = SecretBytes.ArrayOf(Base64.GetMaxDecodedFromUtf8Length(digits.Length));
            var status = Base64.DecodeFromUtf8(digits, bytes, out _, out var length);
            Expect(status == OperationStatus.Done, $"{name} is no base64");
            var exact = SecretBytes.ArrayOf(length);
            bytes.AsSpan(0, length).CopyTo(exact);
            return exact;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
