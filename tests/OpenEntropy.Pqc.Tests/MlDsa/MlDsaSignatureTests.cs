using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

public class MlDsaSignatureTests
{
    private static readonly byte[] s_context = "of a test"u8.ToArray();

    public static TheoryData<string> Sets => [.. MlDsaParameters.All.Select(parameters => parameters.Name)];

    // FIPS 204, Table 2.
    [Theory]
    [InlineData("ML-DSA-44", 1312, 2560, 2420)]
    [InlineData("ML-DSA-65", 1952, 4032, 3309)]
    [InlineData("ML-DSA-87", 2592, 4896, 4627)]
    public void Sizes_OfTheStandard_FollowFromTheParameters(string name, int publicKey, int expandedKey, int signature)
    {
        var parameters = Set(name);

        Assert.Equal(
            (publicKey, expandedKey, signature),
            (parameters.PublicKeyBytes, parameters.ExpandedKeyBytes, parameters.SignatureBytes)
        );
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Verify_OneBitOfTheSignatureFlipped_Refuses(string name)
    {
        using var key = KeyOf(name);
        var message = "a message"u8.ToArray();
        var signature = key.SignDeterministically(message, s_context);
        Assert.True(key.PublicKey.Verify(message, s_context, signature));
        for (var at = 0; at < signature.Length; at++)
        {
            signature[at] ^= (byte)(1 << (at % 8));
            Assert.False(key.PublicKey.Verify(message, s_context, signature), $"byte {at}");
            signature[at] ^= (byte)(1 << (at % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Verify_OneBitOfMessageContextOrKeyFlipped_Refuses(string name)
    {
        using var key = KeyOf(name);
        var message = new ScriptedBytes($"message {name}").Next(300);
        var signature = key.SignDeterministically(message, s_context);
        var publicKey = key.PublicKey.Encoded.ToArray();

        Assert.Equal([], Flips(message, flipped => key.PublicKey.Verify(flipped, s_context, signature)));
        Assert.Equal([], Flips(s_context, flipped => key.PublicKey.Verify(message, flipped, signature)));
        Assert.Equal(
            [],
            Flips(publicKey, flipped => MlDsaPublicKey.FromBytes(key.Parameters, flipped).Verify(message, s_context, signature), step: 29)
        );
    }

    // The bytes of context and message are the same, the border between them is another.
    [Fact]
    public void Verify_BorderOfContextMoved_Refuses()
    {
        using var key = KeyOf("ML-DSA-65");
        var signature = key.SignDeterministically("bcd"u8, "a"u8);

        Assert.True(key.PublicKey.Verify("bcd"u8, "a"u8, signature));
        Assert.False(key.PublicKey.Verify("cd"u8, "ab"u8, signature));
        Assert.False(key.PublicKey.Verify("abcd"u8, [], signature));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Verify_EveryOtherLength_Refuses(string name)
    {
        using var key = KeyOf(name);
        var message = "a message"u8.ToArray();
        var signature = key.SignDeterministically(message, []);
        byte[] longer = [.. signature, .. new byte[100]];
        for (var length = 0; length <= longer.Length; length++)
            Assert.Equal(length == signature.Length, key.PublicKey.Verify(message, [], longer.AsSpan(0, length)));
    }

    [Fact]
    public void Sign_ContextOfEachLength_UpTo255IsTakenAndNoMore()
    {
        using var key = KeyOf("ML-DSA-44");
        for (var length = 0; length <= 255; length++)
        {
            var context = new byte[length];
            Assert.True(key.PublicKey.Verify([1], context, key.SignDeterministically([1], context)));
        }

        var refusal = Assert.Throws<ArgumentException>(() => key.SignDeterministically([1], new byte[256]));
        Assert.Contains("at most 255 bytes, not 256", refusal.Message, StringComparison.Ordinal);
        Assert.False(key.PublicKey.Verify([1], new byte[256], key.SignDeterministically([1], [])));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sign_Hedged_TakesItsRandomnessFromTheArgument(string name)
    {
        using var key = KeyOf(name);
        var asked = new List<int>();
        var script = new ScriptedBytes("hedged");
        void Fill(Span<byte> target)
        {
            asked.Add(target.Length);
            script.Fill(target);
        }

        var one = key.Sign([1], s_context, Fill);
        var other = key.Sign([1], s_context, Fill);
        var again = key.Sign([1], s_context, new ScriptedBytes("hedged").Fill);

        Assert.Equal([32, 32], asked);
        Assert.NotEqual(one, other);
        Assert.Equal(one, again);
        Assert.True(key.PublicKey.Verify([1], s_context, one) && key.PublicKey.Verify([1], s_context, other));
        Assert.Equal(key.SignDeterministically([1], s_context), key.Sign([1], s_context, target => target.Clear()));
    }

    [Fact]
    public async Task Sign_ManyThreadsWithOneKey_GivesWhatOneThreadGives()
    {
        using var key = KeyOf("ML-DSA-65");
        var expected = Enumerable.Range(0, 64).Select(value => key.SignDeterministically([(byte)value], [])).ToList();
        using var fresh = KeyOf("ML-DSA-65");

        var given = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(value => Task.Run(() => fresh.SignDeterministically([(byte)value], [])))
        );

        Assert.Equal(expected, given);
    }

    [Fact]
    public void SignRepresentative_WrongLengths_AreNamed()
    {
        using var key = KeyOf("ML-DSA-44");

        var representative = Assert.Throws<ArgumentException>(() => key.SignRepresentative(new byte[63], new byte[32]));
        var random = Assert.Throws<ArgumentException>(() => key.SignRepresentative(new byte[64], new byte[33]));
        Assert.Contains("64 bytes, not 63", representative.Message, StringComparison.Ordinal);
        Assert.Contains("32 bytes, not 33", random.Message, StringComparison.Ordinal);
    }

    private static List<int> Flips(byte[] original, Func<byte[], bool> verify, int step = 1)
    {
        var accepted = new List<int>();
        for (var at = 0; at < original.Length; at += step)
        {
            var flipped = original.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            if (verify(flipped))
                accepted.Add(at);
        }

        return accepted;
    }

    private static MlDsaParameters Set(string name) => MlDsaParameters.All.Single(parameters => parameters.Name == name);

    private static MlDsaPrivateKey KeyOf(string name) => MlDsaPrivateKey.Generate(Set(name), new ScriptedBytes($"key {name}").Fill);
}
