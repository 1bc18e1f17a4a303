using System.Buffers.Text;
using OpenEntropy.Server.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

public sealed class SigningKeyTests
{
    /// <summary>RFC 7515, A.3.1.</summary>
    private static readonly byte[] s_scalar = Base64Url.DecodeFromChars("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");

    [Fact]
    public void FromScalar_OfRfc7515_HasThePublicKeyPrintedThere()
    {
        using var key = SigningKey.FromScalar(s_scalar);

        Assert.Equal("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", key.X);
        Assert.Equal("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", key.Y);
    }

    [Fact]
    public void FromPkcs8_AsStored_IsTheSameKey()
    {
        using var key = SigningKey.FromScalar(s_scalar);
        using var again = SigningKey.FromPkcs8(key.Pkcs8.ToArray());

        Assert.Equal(key.KeyId, again!.KeyId);
        Assert.Equal(key.Pkcs8, again.Pkcs8);
    }

    [Fact]
    public void FromPkcs8_AnyBitFlippedOrCut_IsRefusedAndZeroed()
    {
        using var key = SigningKey.FromScalar(s_scalar);
        var stored = key.Pkcs8.ToArray();
        for (var bit = 0; bit < 8 * stored.Length; bit++)
        {
            byte[] damaged = [.. stored];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(SigningKey.FromPkcs8(damaged));
            Assert.All(damaged, each => Assert.Equal(0, each));
        }

        Assert.Null(SigningKey.FromPkcs8(stored[..^1]));
        Assert.Null(SigningKey.FromPkcs8([.. stored, 0]));
        Assert.Null(SigningKey.FromPkcs8([]));
    }

    [Fact]
    public void Dispose_Key_ZeroesWhatIsStored()
    {
        var key = SigningKey.FromScalar(s_scalar);
        Assert.Contains(key.Pkcs8.ToArray(), each => each != 0);

        key.Dispose();

        Assert.All(key.Pkcs8.ToArray(), each => Assert.Equal(0, each));
    }
}
