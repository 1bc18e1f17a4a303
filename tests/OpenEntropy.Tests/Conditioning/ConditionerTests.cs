using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Conditioning;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Conditioning;

public sealed class ConditionerTests
{
    private static readonly byte[] s_identity = "this machine"u8.ToArray();

    [Theory]
    [InlineData("SHA-256", 256)]
    [InlineData("SHA-384", 384)]
    [InlineData("SHA-512", 512)]
    public void TryComplete_WithEachHashOfSha2_IsTheHashOfTheFrames(string hash, int outputBits) => CheckFrames(hash, outputBits);

    [Sha3Theory]
    [InlineData("SHA3-256", 256)]
    [InlineData("SHA3-384", 384)]
    [InlineData("SHA3-512", 512)]
    public void TryComplete_WithEachHashOfSha3_IsTheHashOfTheFrames(string hash, int outputBits) => CheckFrames(hash, outputBits);

    private static void CheckFrames(string hash, int outputBits)
    {
        var conditioner = Create(hash);
        Assert.Equal(outputBits / 8, conditioner.BlockBytes);
        Assert.Equal(outputBits + 64, conditioner.RequirementBits);
        var (one, two) = (ScriptedBytes.Of(1_000, 1), ScriptedBytes.Of(1_000, 2));
        conditioner.Absorb(0, one, outputBits + 64);
        conditioner.Absorb(1, two, outputBits + 64);
        conditioner.Absorb(0, [], 0);

        var block = new byte[conditioner.BlockBytes];
        Assert.True(conditioner.TryComplete(block));
        var input = Join(Frame("one", one), Frame("zwei", two), Frame("one", []), End(1));
        Assert.Equal(HashOf(hash, input), block);
    }

    [Fact]
    public void TryComplete_SecondBlock_SharesNoInputWithTheFirst()
    {
        var conditioner = Create();
        Fill(conditioner, 1);
        var block = new byte[conditioner.BlockBytes];
        Assert.True(conditioner.TryComplete(block));
        Assert.Equal(0, conditioner.Counts.Pending);
        Assert.False(conditioner.TryComplete(block));
        Fill(conditioner, 2);
        Assert.True(conditioner.TryComplete(block));
        var alone = Join(Frame("one", ScriptedBytes.Of(100, 2)), Frame("zwei", ScriptedBytes.Of(100, 2)), End(2));
        Assert.Equal(HashOf("SHA-384", alone), block);
    }

    [Fact]
    public void Discard_OfAnOpenBlock_ForgetsItsInputAndItsCredit()
    {
        var conditioner = Create();
        Fill(conditioner, 1);
        conditioner.Discard();
        Assert.Equal(0, conditioner.Counts.Pending);
        var block = new byte[conditioner.BlockBytes];
        Assert.False(conditioner.TryComplete(block));

        Fill(conditioner, 2);
        Assert.True(conditioner.TryComplete(block));
        var alone = Join(Frame("one", ScriptedBytes.Of(100, 2)), Frame("zwei", ScriptedBytes.Of(100, 2)), End(1));
        Assert.Equal(HashOf("SHA-384", alone), block);
    }

    [Fact]
    public void Mix_BetweenBatches_IsAFrameOfItsOwnAndInNoAccount()
    {
        var conditioner = Create();
        conditioner.Absorb(0, [1], 447.9);
        conditioner.Absorb(1, [2], 447.9);
        var before = conditioner.Counts;
        for (var i = 0; i < 1000; i++)
            conditioner.Mix(ScriptedBytes.Of(1024, 7));
        Assert.Equal(before, conditioner.Counts);
        var block = new byte[conditioner.BlockBytes];
        Assert.False(conditioner.TryComplete(block));

        Fill(conditioner, 3);
        Assert.True(conditioner.TryComplete(block));
        var mixed = Join([.. Enumerable.Repeat(Frame("uncredited input", ScriptedBytes.Of(1024, 7)), 1000)]);
        var filled = Join(Frame("one", ScriptedBytes.Of(100, 3)), Frame("zwei", ScriptedBytes.Of(100, 3)));
        Assert.Equal(HashOf("SHA-384", Join(Frame("one", [1]), Frame("zwei", [2]), mixed, filled, End(1))), block);
    }

    [Fact]
    public void TryComplete_Incomplete_GivesNothing()
    {
        var conditioner = Create();
        conditioner.Absorb(0, ScriptedBytes.Of(100, 1), 10_000);
        conditioner.Absorb(1, ScriptedBytes.Of(100, 1), 447.9);
        var block = new byte[conditioner.BlockBytes];
        Assert.False(conditioner.TryComplete(block));
        Assert.Equal(new byte[block.Length], block);
        Assert.Equal(10_447.9, conditioner.Counts.Pending);
    }

    [Fact]
    public void Absorb_BytesMovedBetweenBatches_GiveAnotherBlock()
    {
        // Without lengths in the frames these two inputs would be the same bytes.
        var (one, other) = (Create(), Create());
        one.Absorb(0, [1, 2], 10_000);
        one.Absorb(0, [3], 0);
        other.Absorb(0, [1], 10_000);
        other.Absorb(0, [2, 3], 0);
        one.Absorb(1, [4], 10_000);
        other.Absorb(1, [4], 10_000);
        var (oneBlock, otherBlock) = (new byte[48], new byte[48]);
        Assert.True(one.TryComplete(oneBlock));
        Assert.True(other.TryComplete(otherBlock));
        Assert.NotEqual(oneBlock, otherBlock);
    }

    [Fact]
    public void Constructor_UnknownHash_NamesTheKey()
    {
        var refused = Assert.Throws<EntropyConfigurationException>(() => Create("MD5"));
        Assert.Contains("OpenEntropy:Conditioning:Hash", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The operating system's n-th 32 bytes are <c>Of(32, 100 + n)</c>.</summary>
    private static Conditioner Create(string hash = "SHA-384")
    {
        var calls = 0;
        return new Conditioner(
            new ConditioningOptions { Hash = hash },
            ["one", "zwei"],
            s_identity,
            destination => ScriptedBytes.Of(destination.Length, 100 + ++calls).CopyTo(destination)
        );
    }

    private static void Fill(Conditioner conditioner, int number)
    {
        conditioner.Absorb(0, ScriptedBytes.Of(100, number), 448);
        conditioner.Absorb(1, ScriptedBytes.Of(100, number), 448);
    }

    private static byte[] End(int block) => Join(Frame("os", ScriptedBytes.Of(32, 100 + block)), Frame("identity", s_identity));

    private static byte[] Frame(string name, byte[] content) =>
        Join(LittleEndian(name.Length), LittleEndian(content.Length), Encoding.UTF8.GetBytes(name), content);

    private static byte[] LittleEndian(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] HashOf(string name, byte[] input) =>
        name switch
        {
            "SHA-256" => SHA256.HashData(input),
            "SHA-384" => SHA384.HashData(input),
            "SHA-512" => SHA512.HashData(input),
            "SHA3-256" => SHA3_256.HashData(input),
            "SHA3-384" => SHA3_384.HashData(input),
            _ => SHA3_512.HashData(input),
        };

    /// <summary>A theory about SHA-3, skipped where the platform does not have it; there it is refused at start.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class Sha3TheoryAttribute : TheoryAttribute
    {
        public Sha3TheoryAttribute() => Skip = SHA3_256.IsSupported ? null : "The platform has no SHA-3";
    }
}
