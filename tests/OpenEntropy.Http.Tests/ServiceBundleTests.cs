using System.Net;
using System.Text;
using Xunit;

namespace OpenEntropy.Http.Tests;

/// <summary>Bundles of the service itself.</summary>
public sealed class ServiceBundleTests(SharedService service) : IClassFixture<SharedService>
{
    private readonly OpenEntropyClient _client = service.Client;

    [Fact]
    public async Task MintBundleAsync_InClear_HasKeysThatDisposalZeroes()
    {
        var bundle = await _client.MintBundleAsync(
            new BundleMintRequest { Algorithms = ["ML-KEM-768", "ML-DSA-65"], Requester = "a \"b\"" }
        );
        var secrets = bundle.SecretKeys;
        var answer = bundle.Answer;

        Assert.Equal([64, 32], secrets.Select(secret => secret.Seed.Length));
        Assert.Equal([2400, 4032], secrets.Select(secret => secret.SecretKey.Length));
        Assert.All(secrets, secret => Assert.Null(secret.EncryptedPem));
        Assert.DoesNotContain("secret_key\"", Encoding.UTF8.GetString(bundle.Document.Span), StringComparison.Ordinal);
        bundle.Dispose();
        Assert.All(secrets, secret => Assert.True(secret.Seed.IsEmpty && secret.SecretKey.IsEmpty));
        Assert.All(answer.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task MintBundleAsync_ThenVerified_IsValidAndOfThisService()
    {
        using var bundle = await _client.MintBundleAsync();

        var verification = await _client.VerifyBundleAsync(bundle.Document);

        Assert.True(verification.Valid, string.Join(", ", verification.Checks.Where(check => !check.Ok).Select(check => check.Detail)));
        Assert.Equal("current", verification.Signer);
        Assert.Equal(2, (await _client.GetBundleIdentitiesAsync()).Identities[0].Keys.Count);
        Assert.Contains((await _client.GetBundlesAsync(100)).Bundles, entry => entry.Id == bundle.Id && entry.Intact);
        Assert.True((await _client.VerifyBundleAsync(await _client.GetBundleAsync(bundle.Id))).Valid);
    }

    [Fact]
    public async Task VerifyBundleAsync_Altered_IsNotValid()
    {
        using var bundle = await _client.MintBundleAsync(new BundleMintRequest { Requester = "alice" });
        var altered = Encoding.UTF8.GetString(bundle.Document.Span).Replace("alice", "malice", StringComparison.Ordinal);

        Assert.False((await _client.VerifyBundleAsync(Encoding.UTF8.GetBytes(altered))).Valid);
    }

    [Fact]
    public async Task VerifyBundleAsync_WithSecretKeys_IsRefusedHere()
    {
        using var bundle = await _client.MintBundleAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => _client.VerifyBundleAsync(bundle.Answer));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.VerifyBundleAsync("[]"u8.ToArray()));
    }

    [Fact]
    public async Task MintBundleAsync_WithAPassphraseAndAKey_IsEncryptedAndRepeatedWithoutSecrets()
    {
        var request = new BundleMintRequest
        {
            Passphrase = "correct horse \"ä\" battery".AsMemory(),
            IdempotencyKey = "one",
            Store = true,
        };

        using var first = await _client.MintBundleAsync(request);
        using var second = await _client.MintBundleAsync(request);

        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", first.SecretKeys.Single().EncryptedPem, StringComparison.Ordinal);
        Assert.True(first.SecretKeys[0].SecretKey.IsEmpty);
        Assert.Equal((first.Id, true), (second.Id, second.IsRepeat));
        Assert.Empty(second.SecretKeys);
    }

    [Fact]
    public async Task MintBundleAsync_AnUnknownAlgorithm_IsRefusedByName()
    {
        var refusal = await Assert.ThrowsAsync<ServiceRefusalException>(() =>
            _client.MintBundleAsync(new BundleMintRequest { Algorithms = ["RSA"] })
        );

        Assert.Equal(HttpStatusCode.BadRequest, refusal.Status);
        Assert.Contains("ML-KEM-768", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetBundleAsync_Unknown_Is404() =>
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Assert.ThrowsAsync<ServiceRefusalException>(() => _client.GetBundleAsync(new string('0', 32)))).Status
        );
}
