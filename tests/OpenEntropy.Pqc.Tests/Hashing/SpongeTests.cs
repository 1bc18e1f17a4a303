using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Pqc.Hashing;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Hashing;

public class SpongeTests
{
    // FIPS 202's functions of no input and of "abc": https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
    [Theory]
    [InlineData("Sha3Of256", "", "A7FFC6F8BF1ED76651C14756A061D662F580FF4DE43B49FA82D80A4B80F8434A")]
    [InlineData("Sha3Of256", "abc", "3A985DA74FE225B2045C172D6BD390BD855F086E3E9D525B46BFE24511431532")]
    [InlineData("Shake128", "", "7F9C2BA4E88F827D616045507605853ED73B8093F6EFBC88EB1A6EACFA66EF26")]
    [InlineData("Shake256", "", "46B9DD2B0BA88D13233B3FEB743EEB243FCD52EA62B81B82B50C27646ED5762F")]
    public void Squeeze_KnownInput_GivesThePublishedOutput(string function, string input, string output)
    {
        var sponge = Of(function);
        sponge.Absorb(Encoding.ASCII.GetBytes(input));
        var given = new byte[output.Length / 2];
        sponge.Squeeze(given);

        Assert.Equal(output, Convert.ToHexString(given));
    }

    [Theory]
    [InlineData("Sha3Of256", 32)]
    [InlineData("Sha3Of512", 64)]
    [InlineData("Shake128", 700)]
    [InlineData("Shake256", 700)]
    public void Squeeze_EveryLengthAroundTheBlocksInAnySteps_AgreesWithThePlatform(string function, int outputBytes)
    {
        Assert.True(SHA3_256.IsSupported && SHA3_512.IsSupported && Shake128.IsSupported && Shake256.IsSupported);
        var input = Enumerable.Range(0, 500).Select(value => (byte)(value * 7)).ToArray();
        for (var length = 0; length <= input.Length; length++)
        {
            var sponge = Of(function);
            for (var (at, step) = (0, 1); at < length; at += step, step = (step * 3 % 101) + 1)
                sponge.Absorb(input.AsSpan(at, Math.Min(step, length - at)));
            var given = new byte[outputBytes];
            for (var (at, step) = (0, 1 + (length % 13)); at < given.Length; at += step, step = (step * 5 % 211) + 1)
                sponge.Squeeze(given.AsSpan(at, Math.Min(step, given.Length - at)));

            Assert.Equal(Platform(function, input.AsSpan(0, length), outputBytes), given);
        }
    }

    [Fact]
    public void Absorb_AfterOutput_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() =>
        {
            var sponge = Sponge.Shake128();
            sponge.Squeeze(new byte[1]);
            sponge.Absorb([1]);
        });

    [Fact]
    public void Clear_AfterUse_BeginsAnew()
    {
        var (used, fresh) = (Sponge.Shake256(), Sponge.Shake256());
        used.Absorb([1, 2, 3]);
        used.Squeeze(new byte[200]);
        used.Clear();
        var (one, other) = (new byte[32], new byte[32]);
        used.Squeeze(one);
        fresh.Squeeze(other);

        Assert.Equal(other, one);
    }

    // FIPS 202, 3.2.5: rc(t) is the lowest bit of x^t modulo x^8 + x^6 + x^5 + x^4 + 1.
    [Fact]
    public void RoundConstants_DerivedFromThePolynomial_AreThoseUsed()
    {
        var derived = new ulong[24];
        var register = 1;
        for (var bit = 0; bit < 24 * 7; bit++)
        {
            if ((register & 1) != 0)
                derived[bit / 7] |= 1UL << ((1 << (bit % 7)) - 1);
            register = (register << 1) ^ ((register & 0x80) != 0 ? 0x171 : 0);
        }

        Assert.Equal(derived, KeccakPermutation.RoundConstants.ToArray());
    }

    private static Sponge Of(string function) =>
        function switch
        {
            "Sha3Of256" => Sponge.Sha3Of256(),
            "Sha3Of512" => Sponge.Sha3Of512(),
            "Shake128" => Sponge.Shake128(),
            _ => Sponge.Shake256(),
        };

    private static byte[] Platform(string function, ReadOnlySpan<byte> input, int outputBytes) =>
        function switch
        {
            "Sha3Of256" => SHA3_256.HashData(input),
            "Sha3Of512" => SHA3_512.HashData(input),
            "Shake128" => Shake128.HashData(input, outputBytes),
            _ => Shake256.HashData(input, outputBytes),
        };
}
