using System.Text.Json;
using OpenEntropy.Pqc.Tests.MlKem;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Kyber;

/// <summary>Kyber512 of npm's <c>crystals-kyber</c> 5.1.0, and all known answers of the third round's submission, which that brings.</summary>
public class Kyber512PeerTests
{
    [NpmFact]
    public async Task CrystalsKyber_HundredsOfSeeds_GivesAndTakesTheSame()
    {
        using var script = new NodeScript("kyber512.mjs");
        for (var round = 0; round < Rounds.Of(250); round++)
        {
            var seed = Pair.Bytes(64, "kyber", round, "seed");
            var (publicKey, secretKey) = Kyber512Tests.Generate(seed);
            var message = Pair.Bytes(32, "kyber", round, "their message");
            var (ours, ourSecret) = Kyber512Tests.Encapsulate(publicKey, Pair.Bytes(32, "kyber", round, "our message"));
            // Every fifth is altered: both reject it implicitly, and with the same secret.
            if (round % 5 == 4)
                ours[round % ours.Length] ^= (byte)(1 << (round % 8));
            var answer = await script.AskAsync(
                new
                {
                    seed,
                    message,
                    ciphertext = ours,
                }
            );

            Assert.Equal(publicKey, Bytes(answer, "publicKey"));
            Assert.Equal(secretKey, Bytes(answer, "secretKey"));
            Assert.Equal(Kyber512Tests.Encapsulate(publicKey, message).Ciphertext, Bytes(answer, "ciphertext"));
            Assert.Equal(Bytes(answer, "sharedSecret"), Kyber512Tests.Decapsulate(secretKey, Bytes(answer, "ciphertext")));
            Assert.Equal(Kyber512Tests.Decapsulate(secretKey, ours), Bytes(answer, "opened"));
            Assert.Equal(round % 5 != 4, ourSecret.AsSpan().SequenceEqual(Bytes(answer, "opened")));
        }
    }

    [NpmFact]
    public async Task EveryFunction_AllPublishedAnswers_AreTheSame()
    {
        using var script = new NodeScript("kyber512.mjs");
        var text = (await script.AskAsync(new { knownAnswers = true })).GetProperty("text").GetString()!;
        var answers = text.Split("count = ")[1..].Select(Members).ToList();
        Assert.Equal(100, answers.Count);
        foreach (var answer in answers)
        {
            using var generator = new NistGenerator(answer["seed"]);
            var (publicKey, secretKey) = Kyber512Tests.Generate([.. generator.Draw(32), .. generator.Draw(32)]);
            var (ciphertext, secret) = Kyber512Tests.Encapsulate(publicKey, generator.Draw(32));

            Assert.Equal(answer["pk"], publicKey);
            Assert.Equal(answer["sk"], secretKey);
            Assert.Equal(answer["ct"], ciphertext);
            Assert.Equal(answer["ss"], secret);
            Assert.Equal(answer["ss"], Kyber512Tests.Decapsulate(secretKey, ciphertext));
        }
    }

    private static Dictionary<string, byte[]> Members(string answer) =>
        answer
            .Split('\n')
            .Select(line => line.Trim().Split(" = "))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => Convert.FromHexString(parts[1]), StringComparer.Ordinal);

    private static byte[] Bytes(JsonElement answer, string name) => answer.GetProperty(name).GetBytesFromBase64();
}
