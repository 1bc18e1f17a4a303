using System.Text.Json;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>ML-KEM of others, in both directions, with seeds and messages that are the same in every run.</summary>
public class MlKemPeerTests
{
    private static readonly int s_cases = Rounds.Of(250);

    [NpmTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public async Task Noble_HundredsOfSeeds_GivesAndTakesTheSame(string set)
    {
        using var noble = new NodeScript("ml-kem-noble.mjs");
        for (var round = 0; round < s_cases; round++)
        {
            var seed = Pair.Bytes(64, "noble", set, round, "seed");
            var pair = Pair.Of(Pair.Set(set), seed);
            var message = Pair.Bytes(32, "noble", set, round, "their message");
            var (ours, ourSecret) = pair.Encapsulate(Pair.Bytes(32, "noble", set, round, "our message"));
            // Every fifth is altered: both reject it implicitly, and with the same secret.
            if (round % 5 == 4)
                ours[round % ours.Length] ^= (byte)(1 << (round % 8));
            var answer = await noble.AskAsync(
                new
                {
                    set,
                    seed,
                    message,
                    ciphertext = ours,
                }
            );

            Assert.Equal(pair.Public, Bytes(answer, "publicKey"));
            Assert.Equal(pair.Secret, Bytes(answer, "secretKey"));
            Assert.Equal(pair.Encapsulate(message).Ciphertext, Bytes(answer, "ciphertext"));
            Assert.Equal(Bytes(answer, "sharedSecret"), pair.Decapsulate(Bytes(answer, "ciphertext")));
            Assert.Equal(pair.Decapsulate(ours), Bytes(answer, "opened"));
            Assert.Equal(round % 5 != 4, ourSecret.AsSpan().SequenceEqual(Bytes(answer, "opened")));
        }
    }

    [NpmTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public async Task Pqclean_HundredsOfKeys_OpensOursAndWeTheirs(string set)
    {
        using var pqclean = new NodeScript("ml-kem-pqclean.mjs");
        for (var round = 0; round < s_cases; round++)
        {
            var pair = Pair.Of(Pair.Set(set), Pair.Bytes(64, "pqclean", set, round, "seed"));
            var (ours, ourSecret) = pair.Encapsulate(Pair.Bytes(32, "pqclean", set, round, "message"));
            var answer = await pqclean.AskAsync(
                new
                {
                    set,
                    publicKey = pair.Public,
                    secretKey = pair.Secret,
                    ciphertext = ours,
                }
            );

            Assert.Equal(ourSecret, Bytes(answer, "opened"));
            Assert.Equal(Bytes(answer, "sharedSecret"), pair.Decapsulate(Bytes(answer, "ciphertext")));
            var theirs = new Pair(pair.Parameters, Bytes(answer, "ownPublic"), Bytes(answer, "ownSecret"));
            var (ciphertext, secret) = theirs.Encapsulate(Pair.Bytes(32, "pqclean", set, round, "to theirs"));
            Assert.Equal(secret, theirs.Decapsulate(ciphertext));
        }
    }

    [NewerNodeTheory]
    [InlineData("ML-KEM-512", 1)]
    [InlineData("ML-KEM-768", 2)]
    [InlineData("ML-KEM-1024", 3)]
    public async Task OpenSsl_HundredsOfSeeds_GivesAndTakesTheSame(string set, int arc)
    {
        using var openssl = new NodeScript("ml-kem-openssl.mjs", NpmFolder.NewerNode);
        for (var round = 0; round < s_cases; round++)
        {
            var seed = Pair.Bytes(64, "openssl", set, round, "seed");
            var pair = Pair.Of(Pair.Set(set), seed);
            var (ours, _) = pair.Encapsulate(Pair.Bytes(32, "openssl", set, round, "message"));
            if (round % 5 == 4)
                ours[round % ours.Length] ^= (byte)(1 << (round % 8));
            var spki = KeyContainer.Spki(arc, pair.Public);
            var answer = await openssl.AskAsync(
                new
                {
                    pkcs8 = KeyContainer.Pkcs8(arc, seed),
                    spki,
                    ciphertext = ours,
                }
            );

            Assert.Equal(set.ToLowerInvariant(), answer.GetProperty("type").GetString());
            Assert.Equal(spki, Bytes(answer, "spki"));
            var (theirSeed, theirSecret) = KeyContainer.BothOf(Bytes(answer, "pkcs8"));
            Assert.Equal(seed, theirSeed);
            Assert.Equal(pair.Secret, theirSecret);
            Assert.Equal(pair.Decapsulate(ours), Bytes(answer, "opened"));
            Assert.Equal(Bytes(answer, "sharedSecret"), pair.Decapsulate(Bytes(answer, "ciphertext")));
        }
    }

    private static byte[] Bytes(JsonElement answer, string name) => answer.GetProperty(name).GetBytesFromBase64();
}
