using System.Security.Cryptography;
using OpenEntropy.Receipts;
using Xunit;

namespace OpenEntropy.Tests.Receipts;

public sealed class ReceiptPublicKeyTests
{
    [Fact]
    public void TryParse_JwkSetAndPem_GiveTheSameKey()
    {
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = System.Buffers.Text.Base64Url.DecodeFromChars(ReceiptSigner.X),
                    Y = System.Buffers.Text.Base64Url.DecodeFromChars(ReceiptSigner.Y),
                },
            }
        );

        Assert.Equal(ReceiptSigner.Key.KeyId, ReceiptSigner.Parse(key.ExportSubjectPublicKeyInfoPem()).KeyId);
        Assert.Equal(
            ReceiptSigner.Key.KeyId,
            ReceiptSigner.Parse($$"""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},{{ReceiptSigner.Jwk}}],"pem":""}""").KeyId
        );
    }

    [Fact]
    public void TryParse_EveryBitFlippedOfAJwkWithKid_IsRefused()
    {
        var jwk = ReceiptSigner.Jwk[..^1] + $",\"kid\":\"{ReceiptSigner.Key.KeyId}\"}}";
        Assert.Equal(ReceiptSigner.Key.KeyId, ReceiptSigner.Parse(jwk).KeyId);
        var end = jwk.IndexOf("\"kid\"", StringComparison.Ordinal); // a name that differs is not kid, and then there is none to compare

        foreach (var flipped in Flips.Of(jwk[..end]))
        {
            Assert.False(ReceiptPublicKey.TryParse(flipped + jwk[end..], out _), flipped);
        }
    }

    [Fact]
    public void TryParse_EveryBitFlippedOfAPem_IsAnotherKeyOrNone()
    {
        var pem =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==";
        var der = Convert.FromBase64String(pem);
        Assert.Equal(ReceiptSigner.Key.KeyId, ReceiptSigner.Parse(PemEncoding.WriteString("PUBLIC KEY", der)).KeyId);
        for (var bit = 0; bit < 8 * der.Length; bit++)
        {
            der[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(
                ReceiptPublicKey.TryParse(PemEncoding.WriteString("PUBLIC KEY", der), out var key) && key.KeyId == ReceiptSigner.Key.KeyId
            );
            der[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[1,null,"x"]}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"\ud800"}""")]
    [InlineData(
        """{"kty":"EC","crv":"P-384","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"""
    )]
    [InlineData(
        """{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"""
    )]
    [InlineData(
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"AQ"}"""
    )]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(ReceiptPublicKey.TryParse(text, out _));
}
