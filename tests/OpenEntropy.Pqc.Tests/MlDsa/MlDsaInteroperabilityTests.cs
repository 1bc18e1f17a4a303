using System.Text.Json;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

// Against @noble/post-quantum and pqclean of npm, with random messages and contexts of all lengths.
public class MlDsaInteroperabilityTests
{
    private static readonly int s_cases = Rounds.Of(100);

    [NpmTheory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public async Task Noble_RandomCases_GivesTheSameKeysAndSignaturesAndAcceptsOurs(string set)
    {
        using var script = new NodeScript("ml-dsa.mjs");
        var bytes = new ScriptedBytes($"noble {set}");
        for (var round = 0; round < s_cases; round++)
        {
            var (seed, message, random) = (bytes.Next(32), bytes.Next(round * 7), bytes.Next(32));
            var context = bytes.Next(round * 255 / (s_cases - 1));
            using var key = MlDsaPrivateKey.FromSeed(Set(set), seed);
            var signature = key.Sign(message, context, random.CopyTo);
            var theirs = await script.AskAsync(
                new
                {
                    by = "noble",
                    set,
                    seed,
                    message,
                    context,
                    random,
                    signature,
                }
            );

            Assert.Equal(key.PublicKey.Encoded.ToArray(), Bytes(theirs, "publicKey"));
            Assert.Equal(Expanded(key), Bytes(theirs, "secretKey"));
            Assert.Equal(key.SignDeterministically(message, context), Bytes(theirs, "deterministic"));
            Assert.Equal(signature, Bytes(theirs, "hedged"));
            Assert.True(theirs.GetProperty("accepted").GetBoolean());
            Assert.False(theirs.GetProperty("acceptedElsewhere").GetBoolean());
            Assert.True(key.PublicKey.Verify(message, context, Bytes(theirs, "deterministic")));
        }
    }

    [NpmTheory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public async Task Pqclean_RandomCases_AcceptsOursAndIsAcceptedWithKeysOfBoth(string set)
    {
        using var script = new NodeScript("ml-dsa.mjs");
        var bytes = new ScriptedBytes($"pqclean {set}");
        for (var round = 0; round < s_cases; round++)
        {
            using var key = MlDsaPrivateKey.Generate(Set(set), bytes.Fill);
            var (publicKey, secretKey, message) = (key.PublicKey.Encoded.ToArray(), Expanded(key), bytes.Next(1 + (round * 13)));
            var signature = key.Sign(message, [], bytes.Fill);
            var theirs = await script.AskAsync(
                new
                {
                    by = "pqclean",
                    set,
                    publicKey,
                    secretKey,
                    message,
                    signature,
                }
            );

            Assert.True(theirs.GetProperty("accepted").GetBoolean());
            Assert.False(theirs.GetProperty("acceptedAltered").GetBoolean());
            Assert.True(key.PublicKey.Verify(message, [], Bytes(theirs, "withOurs")));
            using var own = MlDsaPrivateKey.FromExpanded(Set(set), Bytes(theirs, "ownPrivateKey"));
            Assert.Equal(Bytes(theirs, "ownPublicKey"), own.PublicKey.Encoded.ToArray());
            Assert.True(own.PublicKey.Verify(message, [], Bytes(theirs, "withOwn")));
            Assert.False(key.PublicKey.Verify(message, [], Bytes(theirs, "withOwn")));
        }
    }

    private static byte[] Bytes(JsonElement answer, string name) => answer.GetProperty(name).GetBytesFromBase64();

    private static byte[] Expanded(MlDsaPrivateKey key)
    {
        var expanded = new byte[key.Parameters.ExpandedKeyBytes];
        key.ExportExpanded(expanded);
        return expanded;
    }

    private static MlDsaParameters Set(string name) => MlDsaParameters.All.Single(parameters => parameters.Name == name);
}
