using Xunit;

namespace OpenEntropy.Http.Tests;

/// <summary>The operator's key goes with acts and nowhere else.</summary>
public sealed class OperatorKeyTests
{
    private const string Key = "0123456789abcdef-the-operators-key";

    [Fact]
    public async Task Call_WithAKey_SendsItWithActsAlone()
    {
        await using var server = new HostileServer(
            hangs: false,
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        var client = server.Client(new OpenEntropyClientOptions { OperatorKey = Key });
        Func<Task>[] acts =
        [
            () => client.EnableSourceAsync("a"),
            () => client.DisableSourceAsync("a"),
            () => client.RetestSourceAsync("a"),
            () => client.AssessAsync("a"),
            () => client.MintBundleAsync(),
        ];
        Func<Task>[] others =
        [
            () => client.GetBytesAsync(1),
            () => client.ShuffleAsync(["a"]),
            () => client.GetSourcesAsync(),
            () => client.GetBundlesAsync(),
            () => client.VerifyBundleAsync("{}"u8.ToArray()),
        ];
        foreach (var call in acts.Concat(others))
        {
            await Assert.ThrowsAsync<ServiceRefusalException>(call);
        }

        Assert.Equal(acts.Length + others.Length, server.Heads.Count);
        Assert.All(
            server.Heads.Take(acts.Length),
            head => Assert.Contains($"\r\nAuthorization: Bearer {Key}\r\n", head, StringComparison.Ordinal)
        );
        Assert.All(server.Heads.Skip(acts.Length), head => Assert.DoesNotContain(Key, head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_WithAnApiKey_SendsItWithEverythingButActsOfAnOperator()
    {
        const string Reader = "0123456789abcdef-a-key-for-reading";
        await using var server = new HostileServer(
            hangs: false,
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        var reader = server.Client(new OpenEntropyClientOptions { ApiKey = Reader });
        var both = server.Client(new OpenEntropyClientOptions { ApiKey = Reader, OperatorKey = Key });
        foreach (var client in new[] { reader, both })
        {
            await Assert.ThrowsAsync<ServiceRefusalException>(() => client.GetBytesAsync(1));
            await Assert.ThrowsAsync<ServiceRefusalException>(() => client.RetestSourceAsync("a"));
        }

        Assert.Equal(
            [Reader, Reader, Reader, Key],
            server.Heads.Select(head => head.Split("\r\nAuthorization: Bearer ")[1].Split('\r')[0])
        );
        Assert.DoesNotContain(Reader, new OpenEntropyClientOptions { ApiKey = Reader }.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new OpenEntropyClientOptions { ApiKey = "short" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef\r\nX: y")]
    [InlineData("0123456789abcdef0123456789abcdefä")]
    public void OperatorKey_ThatIsNone_IsRefusedAndNotRepeated(string key)
    {
        var refused = Assert.Throws<ArgumentException>(() => new OpenEntropyClientOptions { OperatorKey = key });

        Assert.StartsWith("A key has at least 32 characters", refused.Message, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !refused.Message.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void ToString_OfOptionsWithAKey_DoesNotTellIt() =>
        Assert.DoesNotContain(Key, new OpenEntropyClientOptions { OperatorKey = Key }.ToString(), StringComparison.Ordinal);
}
