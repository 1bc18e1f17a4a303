using OpenEntropy.Receipts;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Receipts;

public sealed class ReceiptVerifierTests
{
    private readonly ManualTimeProvider _time = new(); // it begins when the receipt is dated

    [Fact]
    public void Verify_SignatureOfRfc7515_Passes()
    {
        // A.3.1: another payload and header than a receipt has, and the signature printed there.
        const string Input =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        const string Signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

        Assert.True(
            ReceiptSigner.Key.IsSignature(StrictBase64Url.Decode(Signature), System.Text.Encoding.ASCII.GetBytes(Input)),
            "the RFC's own signature"
        );
        Assert.Equal(ReceiptOutcome.Failed, Verify($"{Input}.{Signature}")[ReceiptCheck.Form]); // it is no receipt
    }

    [Fact]
    public void Verify_CompactWithItsData_PassesEveryCheckButTheAnswer()
    {
        var result = Verify(ReceiptSigner.Compact(), ReceiptSigner.Data);

        Assert.True(result.IsValidForData);
        Assert.Equal(
            [ReceiptCheck.Answer],
            result.Checks.Where(check => check.Outcome != ReceiptOutcome.Passed).Select(check => check.Name)
        );
        Assert.Equal(17, result.Receipt!.Sequence);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), result.Receipt.Time);
        Assert.Equal((448, 1, 1), (result.Receipt.CreditedBits, result.Receipt.SeedBlocks, result.Receipt.LeaveOut));
        Assert.Equal([new ReceiptSource("hash_timing", 1000.5, State: null)], result.Receipt.Sources);
        Assert.Equal(ReceiptSigner.Key.KeyId, result.Receipt.KeyId);
    }

    [Fact]
    public void Verify_WithoutData_IsValidButNotForData()
    {
        var result = Verify(ReceiptSigner.Compact());

        Assert.True(result.IsValid);
        Assert.False(result.IsValidForData);
        Assert.Equal(ReceiptOutcome.NotChecked, result[ReceiptCheck.Data]);
    }

    [Fact]
    public void Verify_FlattenedWithData_ChecksTheDataInIt()
    {
        Assert.True(Verify(ReceiptSigner.Flattened(ReceiptSigner.ClaimsWithData)).IsValidForData);

        var other = ReceiptSigner.ClaimsWithData.Replace("beef", "bee0", StringComparison.Ordinal);
        Assert.Equal(ReceiptOutcome.Failed, Verify(ReceiptSigner.Flattened(other))[ReceiptCheck.Data]);
    }

    [Fact]
    public void Verify_SeveralSignatures_TakesTheOneOfTheKey()
    {
        var payload = ReceiptSigner.Encode(ReceiptSigner.ClaimsWithData);
        var header = ReceiptSigner.Encode(ReceiptSigner.Header);
        var other = ReceiptSigner.Encode("""{"alg":"ML-DSA-65","kid":"another"}""");
        var text =
            $$"""{"payload":"{{payload}}","signatures":[{"protected":"{{other}}","signature":"AAAA"},{"protected":"{{header}}","signature":"{{ReceiptSigner.Sign($"{header}.{payload}")}}"}]}""";

        Assert.True(Verify(text).IsValidForData);
    }

    [Fact]
    public void Verify_WholeAnswer_ChecksItsDataAndItsMembers()
    {
        var receipt = ReceiptSigner.Compact();

        Assert.True(Verify(ReceiptSigner.Answer(receipt)).IsValidForData);
        Assert.Equal(ReceiptOutcome.Passed, Verify(ReceiptSigner.Answer(receipt))[ReceiptCheck.Answer]);
        Assert.Equal(ReceiptOutcome.Failed, Verify(ReceiptSigner.Answer(receipt, quality: "limited"))[ReceiptCheck.Answer]);
        Assert.Equal(ReceiptOutcome.Failed, Verify(ReceiptSigner.Answer(receipt, type: "hex16"))[ReceiptCheck.Answer]);
        Assert.Equal(ReceiptOutcome.Failed, Verify(ReceiptSigner.Answer(receipt, size: 3))[ReceiptCheck.Answer]);
        Assert.False(Verify(ReceiptSigner.Answer(receipt).Replace("beef", "BEEF", StringComparison.Ordinal)).IsValid);
        Assert.False(Verify(ReceiptSigner.Answer(receipt).Replace(",\"beef\"", "", StringComparison.Ordinal)).IsValid);
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("flattened")]
    public void Verify_EveryBitOfTheReceiptFlipped_Fails(string form)
    {
        var text = form == "compact" ? ReceiptSigner.Compact() : ReceiptSigner.Flattened(ReceiptSigner.ClaimsWithData);
        Assert.True(Verify(text, ReceiptSigner.Data).IsValidForData);

        foreach (var flipped in Flips.Of(text))
        {
            var result = Verify(flipped, ReceiptSigner.Data);
            Assert.False(result.IsValid, flipped);
            Assert.Null(result.Receipt);
        }
    }

    [Fact]
    public void Verify_EveryBitOfTheDataFlipped_Fails()
    {
        var receipt = ReceiptSigner.Compact();
        for (var bit = 0; bit < 8 * ReceiptSigner.Data.Length; bit++)
        {
            byte[] data = [.. ReceiptSigner.Data];
            data[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(ReceiptOutcome.Failed, Verify(receipt, data)[ReceiptCheck.Data]);
        }

        Assert.False(Verify(receipt, ReceiptSigner.Data[..^1]).IsValid);
        Assert.False(Verify(receipt, [.. ReceiptSigner.Data, 0]).IsValid);

        var answer = ReceiptSigner.Answer(receipt);
        var start = answer.IndexOf(ReceiptSigner.Elements, StringComparison.Ordinal);
        Assert.All(Flips.Of(ReceiptSigner.Elements), flipped => Assert.False(Verify(answer[..start] + flipped + "}").IsValid, flipped));
    }

    [Fact]
    public void Verify_AnotherKey_FailsSignatureAndKeyId()
    {
        // The point of RFC 7517, A.1.
        var other = ReceiptSigner.Parse(
            """{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"""
        );

        var result = ReceiptVerifier.Verify(ReceiptSigner.Compact(), other, ReceiptSigner.Data, _time);

        Assert.Equal((ReceiptOutcome.Failed, ReceiptOutcome.Failed), (result[ReceiptCheck.Signature], result[ReceiptCheck.KeyId]));
        Assert.False(result.IsValid);
        Assert.Null(result.Receipt);
    }

    [Theory]
    [InlineData(-5, ReceiptOutcome.Passed)]
    [InlineData(-6, ReceiptOutcome.Failed)]
    [InlineData(100_000, ReceiptOutcome.Passed)]
    public void Verify_Time_MayBePastButNotFuture(int minutes, ReceiptOutcome expected)
    {
        _time.WallStep = TimeSpan.FromMinutes(minutes);

        Assert.Equal(expected, Verify(ReceiptSigner.Compact())[ReceiptCheck.Time]);
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"openentropy-receipt","kid":"KID"}""")]
    [InlineData("""{"alg":"HS256","typ":"openentropy-receipt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"openentropy-receipt"}""")]
    [InlineData("""{"alg":"ES256","typ":"openentropy-receipt","kid":"KID","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"ES256","alg":"none","typ":"openentropy-receipt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"openentropy-receipt","kid":"\ud800"}""")]
    public void Verify_SignedWithAnotherHeader_FailsItsForm(string header) =>
        Assert.Equal(
            ReceiptOutcome.Failed,
            Verify(ReceiptSigner.Compact(header.Replace("KID", ReceiptSigner.Key.KeyId, StringComparison.Ordinal)))[ReceiptCheck.Form]
        );

    [Theory]
    [InlineData("\"version\":1", "\"version\":2")]
    [InlineData("\"sequence\":17", "\"sequence\":0")]
    [InlineData("\"sequence\":17", "\"sequence\":\"17\"")]
    [InlineData("\"sequence\":17,", "")]
    [InlineData("00:00.000Z", "00:00Z")]
    [InlineData("00:00.000Z", "00:00.000+01:00")]
    [InlineData("\"quality\":\"drbg\"", "\"quality\":\"true\"")]
    [InlineData("\"length\":4", "\"length\":5")]
    [InlineData("\"length\":4", "\"length\":4294967296")]
    [InlineData("\"size\":2", "\"size\":1048576")]
    [InlineData("\"leave_out\":1", "\"leave_out\":-1")]
    [InlineData("\"hash_timing\"", "null")]
    [InlineData("\"hash_timing\"", "\"\\ud800\"")]
    [InlineData("[{", "[1,{")]
    public void Verify_SignedClaimsThatCannotBe_FailClaimsOrForm(string claim, string instead)
    {
        Assert.Contains(claim, ReceiptSigner.Claims, StringComparison.Ordinal);

        var result = Verify(ReceiptSigner.Compact(claims: ReceiptSigner.Claims.Replace(claim, instead, StringComparison.Ordinal)));

        Assert.False(result.IsValid);
        Assert.Null(result.Receipt);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"payload":1}""")]
    [InlineData("""{"payload":"","signatures":[]}""")]
    [InlineData("""{"payload":"","signatures":[null,{},{"protected":1}]}""")]
    [InlineData("""{"payload":"","signatures":{}}""")]
    [InlineData("""{"payload":"\ud800","protected":"","signature":""}""")]
    [InlineData("""{"receipt":"a.b.c"}""")]
    [InlineData("""{"receipt":1,"data":[]}""")]
    public void Verify_Malformed_FailsItsForm(string text)
    {
        var result = Verify(text);

        Assert.Equal(ReceiptOutcome.Failed, result[ReceiptCheck.Form]);
        Assert.False(result.IsValid);
        Assert.Equal(7, result.Checks.Count);
    }

    [Fact]
    public void Verify_EveryTruncation_Fails()
    {
        foreach (var text in new[] { ReceiptSigner.Compact(), ReceiptSigner.Answer(ReceiptSigner.Compact()) })
        {
            Assert.All(Enumerable.Range(0, text.Length), length => Assert.False(Verify(text[..length]).IsValid));
        }
    }

    [Fact]
    public void Verify_OtherBase64OfTheSameBytes_FailsItsForm()
    {
        var receipt = ReceiptSigner.Compact();

        Assert.Equal(ReceiptOutcome.Failed, Verify(receipt + "=")[ReceiptCheck.Form]);
        Assert.Equal(ReceiptOutcome.Failed, Verify(receipt + "\n")[ReceiptCheck.Form]);
        Assert.Equal(ReceiptOutcome.Failed, Verify(" " + receipt)[ReceiptCheck.Form]);
    }

    private ReceiptVerification Verify(string text, byte[]? data = null) =>
        ReceiptVerifier.Verify(text, ReceiptSigner.Key, data is null ? (ReadOnlyMemory<byte>?)null : data, _time);
}
