using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Tests.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>What is said to who may not act, and the setting.</summary>
public sealed class OperatorRuleTests
{
    private const string Setting = "OpenEntropy:Security:OperatorKeyDigest";
    private const string Call = "call by localhost on the machine itself, or";
    private const string Make = "make a key (openentropy key create) and give it, as Authorization: Bearer KEY or as x-api-key";
    private const string Give = "give a key with the scope operate, as Authorization: Bearer KEY or as x-api-key";

    [Fact]
    public void WhyNot_AConditionDoesNotHold_NamesItAndSaysWhatToDo()
    {
        Assert.Null(WhyNot("127.0.0.1", "localhost"));
        Assert.Equal(
            $"only an operator may do this, and this request does not come from this machine's loopback, and nor does what comes by a container's published port: {Call} {Make}",
            WhyNot("192.0.2.7", "localhost")
        );
        Assert.Equal(
            $"only an operator may do this, and this request was sent to the name 'evil.example', which is none of localhost, 127.0.0.1, [::1]: {Call} {Make}",
            WhyNot("127.0.0.1", "evil.example")
        );
        Assert.Equal(
            $"only an operator may do this, and this request passed a proxy, as its header X-Forwarded-Port says: {Call} {Give}",
            WhyNot("127.0.0.1", "localhost", TestKey.Digest, ("X-Forwarded-Port", "80"))
        );
        Assert.Equal(
            "this request comes from a page of another site, which may not act here",
            WhyNot("127.0.0.1", "localhost", "", ("Origin", "http://localhost:1"))
        );
    }

    [Fact]
    public void WhyNot_LongName_IsNotRepeatedWhole() =>
        Assert.DoesNotContain(new string('a', 65), WhyNot("127.0.0.1", new string('a', 300)), StringComparison.Ordinal);

    [Fact]
    public void WhyNot_WrongKeys_AreAllToldTheSame()
    {
        var told = new[] { "", "x", "a key of one's own", TestKey.Text[..^1], TestKey.Text + "x", new string('k', 10_000) }
            .Select(key => WhyNot("192.0.2.7", "localhost", TestKey.Digest, ("x-api-key", key)))
            .Distinct(StringComparer.Ordinal);

        Assert.StartsWith("the key that was given is none that this service takes", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    public void WhyNot_KeyOfLessThan32Characters_IsNoneEvenIfItsDigestIsConfigured(int length, bool isKey)
    {
        var key = new string('k', length);

        Assert.Equal(isKey, WhyNot("192.0.2.7", "localhost", TestKey.DigestOf(key), ("x-api-key", key)) is null);
    }

    [Fact]
    public void WhyNot_DigestInCapitals_IsTheSameDigest() =>
        Assert.Null(WhyNot("192.0.2.7", "localhost", TestKey.Digest.ToUpperInvariant(), ("x-api-key", TestKey.Text)));

    [Fact]
    public void Read_Digest_IsEmptyOr64HexadecimalDigits()
    {
        Assert.Equal("", ServerSettingsTests.Read().Security.OperatorKeyDigest);
        Assert.Equal("", ServerSettingsTests.Read((Setting, "")).Security.OperatorKeyDigest);
        Assert.Equal(TestKey.Digest, ServerSettingsTests.Read((Setting, TestKey.Digest)).Security.OperatorKeyDigest);
    }

    [Theory]
    [InlineData(TestKey.Text)] // the key in its digest's place
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  -")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0")]
    [InlineData(" ")]
    public void Read_NoDigest_StopsTheStartWithTheKeysNameAndDoesNotRepeatIt(string value)
    {
        var failure = Assert.Throws<StartFailedException>(() => ServerSettingsTests.Read((Setting, value)));

        Assert.Equal(
            $"{Setting}: it must be empty, or the SHA-256 of the operator's key: 64 hexadecimal digits and nothing else",
            failure.Message
        );
    }

    [Fact]
    public void Read_DigestOfNothing_StopsTheStart()
    {
        var failure = Assert.Throws<StartFailedException>(() => ServerSettingsTests.Read((Setting, TestKey.DigestOf(""))));

        Assert.Equal($"{Setting}: it is the SHA-256 of an empty text, which is no key", failure.Message);
    }

    [Fact]
    public void Read_MistypedKey_StopsTheStartAndNamesTheNearest()
    {
        var failure = Assert.Throws<StartFailedException>(() =>
            ServerSettingsTests.Read(("OpenEntropy:Security:OperatorKey", TestKey.Text))
        );

        Assert.Equal($"OpenEntropy:Security:OperatorKey: there is no such key; the nearest is {Setting}", failure.Message);
    }

    private static string? WhyNot(string peer, string host, string digest = "", params (string Name, string Value)[] headers)
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(host);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return TestAccess.Create(digest).WhyNot(context, Scopes.Operate);
    }
}
