using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Where the service asks for keys, and where it does not start without one.</summary>
public sealed class AccessStartTests : IDisposable
{
    private const string Host = "OpenEntropy:Server:Host";
    private const string Anonymous = "OpenEntropy:Security:AllowAnonymous";
    private const string Required = "OpenEntropy:Security:RequireKey";
    private const string Digest = "OpenEntropy:Security:OperatorKeyDigest";

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    public void Dispose() => _storage.Delete(recursive: true);

    [Theory]
    [InlineData(Host, "127.0.0.1")]
    [InlineData(Host, "127.9.9.9")]
    [InlineData(Host, "localhost")]
    [InlineData(Host, "::1")]
    [InlineData("urls", "http://localhost:1;http://127.0.0.1:2;https://[::1]:3")]
    [InlineData("urls", "http://unix:/run/openentropy.sock")]
    [InlineData("Kestrel:Endpoints:A:Url", "https://127.0.0.1:8443")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://unix:/run/openentropy.sock")]
    public void Read_ListensOnThisMachineAlone_AsksForNoKey(string key, string value) =>
        Assert.Equal(AccessMode.Anonymous, Read((key, value)).Mode);

    [Theory]
    [InlineData(Host, "0.0.0.0", Host)]
    [InlineData(Host, "*", Host)]
    [InlineData(Host, "::", Host)]
    [InlineData(Host, "192.0.2.1", Host)]
    [InlineData("urls", "http://127.0.0.1:1;http://*:2", "urls")]
    [InlineData("urls", "http://+:2", "urls")]
    [InlineData("urls", "https://192.0.2.1:443", "urls")]
    [InlineData("Kestrel:Endpoints:A:Url", "https://0.0.0.0:8443", "Kestrel:Endpoints:A:Url")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://[::]:80", "Kestrel:Endpoints:A:Url")]
    public async Task Read_ListensElsewhere_StartsWithAKeyOrTheWordOnly(string key, string value, string named)
    {
        var failure = Assert.Throws<StartFailedException>(() => Read((key, value)));
        Assert.StartsWith($"{named}: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Contains(
            $"openentropy key create --name NAME --scopes random,raw,metrics --storage {_storage.FullName}",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("--OpenEntropy:Security:AllowAnonymous=true", failure.Message, StringComparison.Ordinal);
        Assert.Contains("OpenEntropy__Security__AllowAnonymous=true", failure.Message, StringComparison.Ordinal);
        Assert.Contains("{\"OpenEntropy\":{\"Security\":{\"AllowAnonymous\":true}}}", failure.Message, StringComparison.Ordinal);

        Assert.Equal(AccessMode.Elsewhere, Read((key, value), (Digest, TestKey.Digest)).Mode);
        var allowed = Read((key, value), (Anonymous, "true"));
        Assert.Equal(AccessMode.Anonymous, allowed.Mode);
        Assert.NotNull(allowed.OpenAddress);
        await new ApiKeyDesk(_storage.FullName, TimeProvider.System).CreateAsync("a", Scopes.Random, lasts: null, CancellationToken.None);
        Assert.Equal(AccessMode.Elsewhere, Read((key, value)).Mode);
    }

    [Fact]
    public void Read_EndpointsAndUrls_TheEndpointsCount()
    {
        Assert.Throws<StartFailedException>(() => Read(("Kestrel:Endpoints:A:Url", "http://*:80"), ("urls", "http://127.0.0.1:1")));
        Assert.Equal(AccessMode.Anonymous, Read(("Kestrel:Endpoints:A:Url", "http://127.0.0.1:80"), ("urls", "http://*:1")).Mode);
        Assert.Equal(AccessMode.Anonymous, Read((Host, "0.0.0.0"), ("urls", "http://127.0.0.1:1")).Mode);
    }

    [Theory]
    [InlineData("urls", "http://*:1")]
    [InlineData("http_ports", "8080")]
    [InlineData(Host, "0.0.0.0")]
    public void Read_EndpointsThatAreNone_AreRefusedAndHideNoAddress(string key, string value)
    {
        var failure = Assert.Throws<StartFailedException>(() => Read(("Kestrel:Endpoints", ""), (key, value)));
        Assert.StartsWith("Kestrel:Endpoints: '' is no list of addresses", failure.Message, StringComparison.Ordinal);

        var configuration = Configuration(("Kestrel:Endpoints", ""), (key, value));
        var open = AccessStart.OpenTo(configuration, ServerSettings.Read(configuration).Server);
        Assert.Equal(key == "http_ports" ? null : key, open?.Key);
    }

    [Theory]
    [InlineData("urls", "http://*:1")]
    [InlineData("http_ports", "8080")]
    public void Read_PreferHostingUrls_CountsBoth(string key, string value)
    {
        var local = ("Kestrel:Endpoints:A:Url", "http://127.0.0.1:80");
        Assert.Equal(AccessMode.Anonymous, Read(local, (key, value)).Mode);

        var failure = Assert.Throws<StartFailedException>(() => Read(local, (key, value), ("preferHostingUrls", "true")));

        Assert.StartsWith($"{key}: ", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Read_KeysThatHaveAllEnded_AreNone()
    {
        var before = new ManualTimeProvider { WallStep = TimeSpan.FromDays(-3650) };
        await new ApiKeyDesk(_storage.FullName, before).CreateAsync("a", Scopes.All, TimeSpan.FromDays(1), CancellationToken.None);
        var desk = new ApiKeyDesk(_storage.FullName, TimeProvider.System);
        var (key, _) = await desk.CreateAsync("b", Scopes.All, lasts: null, CancellationToken.None);
        Assert.Equal(AccessMode.Elsewhere, Read((Host, "*")).Mode);

        await desk.RevokeAsync(key.Id, CancellationToken.None);

        var failure = Assert.Throws<StartFailedException>(() => Read((Host, "*")));
        Assert.Contains($"(2 in api-keys.json have all ended, {key.Id} as the last on 20", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RequireKey_NeedsOneOnThisMachineToo()
    {
        Assert.StartsWith(
            $"{Required}: ",
            Assert.Throws<StartFailedException>(() => Read((Required, "true"))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(AccessMode.Everywhere, Read((Required, "true"), (Digest, TestKey.Digest)).Mode);
        Assert.Equal(
            $"{Anonymous}: it contradicts RequireKey: give one of them",
            Assert.Throws<StartFailedException>(() => Read((Required, "true"), (Anonymous, "true"))).Message
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":2,\"keys\":[]}")]
    [InlineData("{\"version\":1,\"keys\":null}")]
    [InlineData("{\"version\":1,\"keys\":[null]}")]
    [InlineData("{\"version\":1,\"keys\":[],\"more\":1}")]
    [InlineData("{\"version\":1,\"keys\":[],\"keys\":[]}")]
    public async Task Read_DamagedList_IsRefusedByItsName(string content)
    {
        await new ApiKeyDesk(_storage.FullName, TimeProvider.System).CreateAsync("a", Scopes.All, lasts: null, CancellationToken.None);
        var path = Path.Combine(_storage.FullName, ApiKeyFiles.ListName);
        await File.WriteAllTextAsync(path, content);

        var failure = Assert.Throws<StartFailedException>(() => Read());

        Assert.StartsWith($"{path}: api-keys.json is damaged", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"id\": \"[a-z2-7]+\"", "\"id\": \"A\"")]
    [InlineData("\"random\"", "\"rndom\"")]
    [InlineData("\"hash\": \"[0-9a-f]{2}", "\"hash\": \"")]
    [InlineData("\"hash\": \"[0-9a-f]", "\"hash\": \"g")]
    public async Task Read_DamagedKey_IsRefused(string what, string by)
    {
        await new ApiKeyDesk(_storage.FullName, TimeProvider.System).CreateAsync("a", Scopes.Random, lasts: null, CancellationToken.None);
        var path = Path.Combine(_storage.FullName, ApiKeyFiles.ListName);
        var text = await File.ReadAllTextAsync(path);
        var changed = System.Text.RegularExpressions.Regex.Replace(
            text,
            what,
            by,
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(10)
        );
        Assert.NotEqual(text, changed);
        await File.WriteAllTextAsync(path, changed);

        Assert.Throws<StartFailedException>(() => Read());
    }

    [Fact]
    public async Task Read_HashKeyMissingOrFilesOfOthers_IsRefused()
    {
        await new ApiKeyDesk(_storage.FullName, TimeProvider.System).CreateAsync("a", Scopes.Random, lasts: null, CancellationToken.None);
        var (list, key) = (Path.Combine(_storage.FullName, ApiKeyFiles.ListName), Path.Combine(_storage.FullName, ApiKeyFiles.HashKeyName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(list));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
            File.SetUnixFileMode(list, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            Assert.Contains("chmod go-rwx", Assert.Throws<StartFailedException>(() => Read()).Message, StringComparison.Ordinal);
            File.SetUnixFileMode(list, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Delete(key);

        Assert.Contains("api-keys.key is missing", Assert.Throws<StartFailedException>(() => Read()).Message, StringComparison.Ordinal);
    }

    private AccessStart Read(params (string Key, string Value)[] values)
    {
        var configuration = Configuration(values);
        return AccessStart.Read(configuration, ServerSettings.Read(configuration), TimeProvider.System.GetUtcNow());
    }

    private IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                values
                    .Append(("OpenEntropy:Storage:Directory", _storage.FullName))
                    .ToDictionary(value => value.Item1, value => (string?)value.Item2, StringComparer.Ordinal)
            )
            .Build();
}
