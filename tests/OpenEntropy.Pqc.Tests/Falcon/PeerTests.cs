using System.Text.Json;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon;

/// <summary>
/// Falcon of npm's <c>@noble/post-quantum</c> 0.7.1 and <c>pqclean</c> 0.8.1: keys and signatures in both directions, in both formats.
/// </summary>
public class PeerTests
{
    [NpmTheory]
    [InlineData("falcon-pqclean.mjs", "Falcon-512", "Compressed", 150)]
    [InlineData("falcon-pqclean.mjs", "Falcon-512", "Padded", 150)]
    [InlineData("falcon-pqclean.mjs", "Falcon-1024", "Compressed", 100)]
    [InlineData("falcon-pqclean.mjs", "Falcon-1024", "Padded", 100)]
    [InlineData("falcon-noble.mjs", "Falcon-512", "Compressed", 100)]
    [InlineData("falcon-noble.mjs", "Falcon-512", "Padded", 100)]
    [InlineData("falcon-noble.mjs", "Falcon-1024", "Compressed", 60)]
    [InlineData("falcon-noble.mjs", "Falcon-1024", "Padded", 60)]
    public async Task KeysAndSignatures_OfBoth_AreThoseOfTheOther(string file, string name, string formatName, int rounds)
    {
        var (set, format) = (FalconCases.Set(name), Enum.Parse<FalconSignatureFormat>(formatName));
        using var script = new NodeScript(file);
        var peer = new Peer(script, $"{name} {formatName}");
        for (var pair = 0; pair < 2; pair++)
        {
            var (theirPublic, theirSecret) = await peer.GenerateAsync($"{file} {name} {pair}");
            using var theirs = FalconPrivateKey.Decode(set, theirSecret);
            Assert.Equal(theirPublic, theirs.PublicKey.Encoded.ToArray());
            Assert.Equal(theirSecret, theirs.Encode());
            using var ours = FalconCases.Key(name, $"{file} {pair}");

            // Each key signs on both sides, and each signature is verified on the other side.
            foreach (var key in new[] { ours, theirs })
                await ExchangeAsync(peer, key, format, Rounds.Of(rounds) / 4);
        }
    }

    // Many keys of theirs: each is accepted, gives their public key, and signs.
    [NpmTheory]
    [InlineData("Falcon-512", 100)]
    [InlineData("Falcon-1024", 40)]
    public async Task Keys_ManyOfTheirs_AreUsedByOurs(string name, int keys)
    {
        using var script = new NodeScript("falcon-pqclean.mjs");
        var peer = new Peer(script, $"{name} Padded");
        for (var i = 0; i < Rounds.Of(keys); i++)
        {
            var (theirPublic, theirSecret) = await peer.GenerateAsync("drawn by themselves");
            using var key = FalconPrivateKey.Decode(FalconCases.Set(name), theirSecret);
            Assert.Equal(theirPublic, key.PublicKey.Encoded.ToArray());
            await ExchangeAsync(peer, key, FalconSignatureFormat.Padded, 1);
        }
    }

    // Many keys of ours: each signs there.
    [NpmTheory]
    [InlineData("Falcon-512", 100)]
    [InlineData("Falcon-1024", 40)]
    public async Task Keys_ManyOfOurs_AreUsedByTheirs(string name, int keys)
    {
        using var script = new NodeScript("falcon-pqclean.mjs");
        var peer = new Peer(script, $"{name} Compressed");
        for (var i = 0; i < Rounds.Of(keys); i++)
        {
            using var key = FalconCases.Key(name, $"used by theirs {i}");
            await ExchangeAsync(peer, key, FalconSignatureFormat.Compressed, 1);
        }
    }

    // What one refuses the other refuses: one bit of a byte is changed, in every part of signature, message and key.
    [NpmTheory]
    [InlineData("falcon-pqclean.mjs", "Falcon-512", "Compressed")]
    [InlineData("falcon-pqclean.mjs", "Falcon-1024", "Padded")]
    [InlineData("falcon-noble.mjs", "Falcon-512", "Padded")]
    [InlineData("falcon-noble.mjs", "Falcon-1024", "Compressed")]
    public async Task Verify_AlteredBytes_GivesTheSameVerdict(string file, string name, string formatName)
    {
        var (set, format) = (FalconCases.Set(name), Enum.Parse<FalconSignatureFormat>(formatName));
        using var script = new NodeScript(file);
        var peer = new Peer(script, $"{name} {formatName}");
        var (key, message, signature) = FalconCases.Signed(name, format, $"altered {file}");
        using var secret = key;
        var parts = new[] { signature, message, key.PublicKey.Encoded.ToArray() };
        Assert.True(await peer.VerifyAsync(parts[2], message, signature));
        for (var round = 0; round < 90; round++)
        {
            var altered = parts.Select(part => part.ToArray()).ToArray();
            var target = altered[round % 3];
            target[round * 7919 % target.Length] ^= (byte)(1 << (round % 8));
            var verdict = Verify(set, format, altered);

            Assert.False(verdict);
            Assert.Equal(verdict, await peer.VerifyAsync(altered[2], altered[1], altered[0]));
        }
    }

    private static bool Verify(FalconParameters set, FalconSignatureFormat format, byte[][] parts) =>
        FalconPublicKey.TryDecode(set, parts[2], out var publicKey) && publicKey.Verify(parts[1], parts[0], format);

    private static async Task ExchangeAsync(Peer peer, FalconPrivateKey key, FalconSignatureFormat format, int rounds)
    {
        using var signer = new FalconSigner(key);
        var (publicKey, secretKey) = (key.PublicKey.Encoded.ToArray(), key.Encode());
        var random = FalconCases.Randomness("exchange");
        for (var round = 0; round < rounds; round++)
        {
            var message = FalconCases.Bytes($"exchanged {round}", round * 17);
            var theirs = await peer.SignAsync(secretKey, message);
            Assert.True(key.PublicKey.Verify(message, theirs, format));
            Assert.True(await peer.VerifyAsync(publicKey, message, signer.Sign(message, format, random)));
        }
    }

    private sealed class Peer(NodeScript script, string set)
    {
        public async Task<(byte[] Public, byte[] Secret)> GenerateAsync(string name)
        {
            var answer = await script.AskAsync(new { set, generate = FalconCases.Bytes(name, 48) });
            return (Bytes(answer, "publicKey"), Bytes(answer, "secretKey"));
        }

        public async Task<byte[]> SignAsync(byte[] secretKey, byte[] message) =>
            Bytes(await script.AskAsync(new { set, sign = new { secretKey, message } }), "signature");

        public async Task<bool> VerifyAsync(byte[] publicKey, byte[] message, byte[] signature)
        {
            var verify = new
            {
                publicKey,
                message,
                signature,
            };
            return (await script.AskAsync(new { set, verify })).GetProperty("valid").GetBoolean();
        }

        private static byte[] Bytes(JsonElement answer, string name) => answer.GetProperty(name).GetBytesFromBase64();
    }
}
