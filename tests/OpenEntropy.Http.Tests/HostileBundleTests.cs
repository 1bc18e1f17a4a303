using Xunit;

namespace OpenEntropy.Http.Tests;

public sealed class HostileBundleTests
{
    private const string Clear = """
        {"bundle":{"id":"b","keys":[{"algorithm":"ML-KEM-768"}]},"payload":"p","signatures":[{}],
        "secret_keys":[{"key":0,"algorithm":"ML-KEM-768","seed":"AAEC","secret_key":"A\u0041ED"}]}
        """;

    private const string Encrypted = """
        {"bundle":{"id":"b","keys":[{"algorithm":"ML-KEM-768"}]},"payload":"p","signatures":[{}],
        "secret_keys":[{"key":0,"algorithm":"ML-KEM-768","encrypted_pem":"-----BEGIN ENCRYPTED PRIVATE KEY-----"}]}
        """;

    private static readonly BundleMintRequest s_passphrase = new() { Passphrase = "correct horse battery".AsMemory() };

    [Theory]
    [InlineData("\"keys\":[{\"algorithm\":\"ML-KEM-768\"}]", "\"keys\":[{\"algorithm\":\"ML-KEM-512\"}]")]
    [InlineData("\"keys\":[{\"algorithm\":\"ML-KEM-768\"}]", "\"keys\":[]")]
    [InlineData("\"signatures\":[{}]", "\"signatures\":[]")]
    [InlineData("\"key\":0,\"algorithm\":\"ML-KEM-768\"", "\"key\":1,\"algorithm\":\"ML-KEM-768\"")]
    [InlineData("\"key\":0,\"algorithm\":\"ML-KEM-768\"", "\"key\":0,\"algorithm\":\"ML-KEM-512\"")]
    [InlineData("\"secret_key\":\"A\\u0041ED\"", "\"secret_key\":\"\"")]
    [InlineData("\"secret_key\":\"A\\u0041ED\"", "\"secret_key\":\"!!!!\"")]
    [InlineData("\"secret_key\":\"A\\u0041ED\"", "\"secret_key\":5")]
    [InlineData("\"secret_keys\"", "\"secrets\"")]
    [InlineData("\"id\":\"b\"", "\"id\":5")]
    [InlineData("\"id\":\"b\"", "\"id\":null")]
    [InlineData("\"keys\":[{\"algorithm\":\"ML-KEM-768\"}]", "\"keys\":[{\"algorithm\":null}]")]
    [InlineData("\"secret_key\":\"A\\u0041ED\"", "\"secret_key\":null")]
    public async Task MintBundleAsync_AnAlteredAnswer_Throws(string told, string altered)
    {
        await using var server = new HostileServer(
            hangs: false,
            Created(Clear),
            Created(Clear.Replace(told, altered, StringComparison.Ordinal))
        );

        using (var bundle = await server.Client().MintBundleAsync())
            Assert.Equal([0, 1, 3], bundle.SecretKeys[0].SecretKey.ToArray());
        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().MintBundleAsync());
    }

    [Fact]
    public async Task MintBundleAsync_KeysInClearThoughAPassphraseWasGiven_Throws()
    {
        await using var server = new HostileServer(hangs: false, Created(Encrypted), Created(Clear));

        using (var bundle = await server.Client().MintBundleAsync(s_passphrase))
            Assert.NotNull(bundle.SecretKeys[0].EncryptedPem);
        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().MintBundleAsync(s_passphrase));
    }

    [Fact]
    public async Task MintBundleAsync_SecretKeysThatWereToBeWithheld_Throws()
    {
        await using var server = new HostileServer(hangs: false, Created(Encrypted));
        var request = s_passphrase with { SecretKeys = SecretKeyForm.Withheld, Store = true };

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().MintBundleAsync(request));
    }

    [Theory]
    [InlineData("a.b", "a receipt of two parts")]
    [InlineData("a.eyJieXRlcyI6MiwicXVhbGl0eSI6ImRyYmciLCJzaGEyNTYiOiIifQ.c", "a receipt of other bytes")]
    [InlineData("a.!.c", "no base64")]
    public async Task GetUInt8Async_AReceiptOfSomethingElse_Throws(string receipt, string _)
    {
        var answer =
            $$"""{"success":true,"type":"uint8","length":1,"size":1,"conditioned":true,"quality":"drbg","receipt":"{{receipt}}","data":[7]}""";
        await using var server = new HostileServer(hangs: false, HostileServer.Ok("application/json", answer));

        await Assert.ThrowsAsync<ServiceAnswerException>(() => server.Client().GetUInt8Async(1, receipt: true));
    }

    private static string Created(string body) =>
        HostileServer.Ok("application/json", body).Replace("200 OK", "201 Created", StringComparison.Ordinal);
}
