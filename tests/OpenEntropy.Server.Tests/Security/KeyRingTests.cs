using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;
using OpenEntropy.Server.Tests.Audit;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Keys while a service runs: what happens to their files, and what they let in.</summary>
public sealed class KeyRingTests : IAsyncLifetime
{
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");
    private readonly ManualTimeProvider _time = new();
    private ApiKeyDesk _desk = null!;
    private KeyRing _ring = null!;
    private ApiKey _key = null!;
    private string _text = "";

    private string ListPath => Path.Combine(_storage.FullName, ApiKeyFiles.ListName);

    public async Task InitializeAsync()
    {
        _desk = new ApiKeyDesk(_storage.FullName, _time);
        (_key, _text) = await _desk.CreateAsync("first", Scopes.Random, TimeSpan.FromHours(1), CancellationToken.None);
        _ring = TestAccess.Ring(TestAccess.Start(storage: _storage.FullName), _time);
    }

    public Task DisposeAsync()
    {
        _ring.Dispose();
        _storage.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public void Find_TheKey_IsItsCaller()
    {
        var caller = _ring.Find(_text);

        Assert.Equal((CallerKind.Key, _key.Id, Scopes.Random), (caller!.Kind, caller.Id, caller.Scopes));
        Assert.Same(caller, _ring.Find(_text));
        Assert.DoesNotContain(_text.Split('_', 3)[2], $"{caller}{_key}", StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AfterItsEnd_IsNobody()
    {
        _time.WallStep = TimeSpan.FromMinutes(59);
        Assert.NotNull(_ring.Find(_text));
        _time.WallStep = TimeSpan.FromMinutes(60);

        Assert.Null(_ring.Find(_text));
        Assert.False(_ring.HasAny);
        _time.WallStep = TimeSpan.FromDays(-400); // a clock that is set back brings no key back
        Assert.Null(_ring.Find(_text));
        Assert.False(_ring.HasAny);
    }

    [Fact]
    public async Task Look_TheLastKeyEndsSoon_IsADeviationWhereOneIsNeeded()
    {
        var deviations = new DeviationBoard();
        var start = TestAccess.Start(storage: _storage.FullName) with { Mode = AccessMode.Elsewhere };
        using var ring = TestAccess.Ring(start, _time, deviations);
        _time.Advance(KeyRing.LookInterval);
        Assert.Contains($"{_key.Id}, ends on 2030-01-01", Assert.Single(deviations.All), StringComparison.Ordinal);

        await _desk.CreateAsync("second", Scopes.Random, TimeSpan.FromDays(15), CancellationToken.None);
        _time.Advance(KeyRing.LookInterval);
        Assert.Empty(deviations.All);

        _time.WallStep = TimeSpan.FromDays(16);
        _time.Advance(KeyRing.LookInterval);
        Assert.StartsWith("no API key is good any more", Assert.Single(deviations.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_SomethingThrowsThatNobodyThoughtOf_IsToldAndLookingGoesOn()
    {
        var deviations = new DeviationBoard();
        var logger = new FailingLogger();
        using var ring = TestAccess.Ring(TestAccess.Start(storage: _storage.FullName), _time, deviations, logger: logger);
        var (_, second) = await _desk.CreateAsync("second", Scopes.Random, lasts: null, CancellationToken.None);

        _time.Advance(KeyRing.LookInterval);

        Assert.Contains("(TimeZoneNotFoundException: ", Assert.Single(deviations.All), StringComparison.Ordinal);
        Assert.NotNull(ring.Find(_text));

        logger.Fails = false;
        _time.Advance(KeyRing.LookInterval);

        Assert.Empty(deviations.All);
        Assert.NotNull(ring.Find(second));
    }

    [Fact]
    public async Task Look_KeysMadeAndRevokedMeanwhile_AreInTheAuditLogOnce()
    {
        using var bench = new AuditBench();
        using var log = bench.Log();
        var start = TestAccess.Start(storage: _storage.FullName);
        var audit = new KeyAudit(start, log);
        using var ring = TestAccess.Ring(start, _time, audit: audit);
        var (made, _) = await _desk.CreateAsync("second", Scopes.All, lasts: null, CancellationToken.None);
        _time.Advance(KeyRing.LookInterval);
        await _desk.RevokeAsync(_key.Id, CancellationToken.None);
        _time.Advance(KeyRing.LookInterval);
        var list = await File.ReadAllTextAsync(ListPath);
        File.Delete(ListPath);
        _time.Advance(KeyRing.LookInterval);
        await File.WriteAllTextAsync(ListPath, list);
        _time.Advance(KeyRing.LookInterval);
        await audit.Entered;

        Assert.Equal(
            [
                ("service", "key_create", made.Id, "begun"),
                ("service", "key_create", made.Id, "done"),
                ("service", "key_revoke", _key.Id, "begun"),
                ("service", "key_revoke", _key.Id, "done"),
            ],
            bench.Lines().Select(line => (line.Entry.Party.Kind, line.Entry.Act, line.Entry.Subject!, line.Entry.Outcome))
        );
    }

    [Fact]
    public async Task Look_KeysMadeAndRevokedMeanwhile_CountWithinTwoSeconds()
    {
        var (second, text) = await _desk.CreateAsync("second", Scopes.All, lasts: null, CancellationToken.None);
        Assert.Null(_ring.Find(text));

        _time.Advance(KeyRing.LookInterval);

        Assert.Equal(Scopes.All, _ring.Find(text)!.Scopes);
        Assert.NotNull(await _desk.RevokeAsync(second.Id, CancellationToken.None));
        _time.Advance(KeyRing.LookInterval);
        Assert.Null(_ring.Find(text));
        Assert.NotNull(_ring.Find(_text));
        Assert.InRange(KeyRing.LookInterval, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Watch_AnswersThatLast_EndWithTheirKeyAndNoOthers()
    {
        var (second, _) = await _desk.CreateAsync("second", Scopes.All, lasts: null, CancellationToken.None);
        _time.Advance(KeyRing.LookInterval);
        var (revoked, over, other) = (new Lifetime(), new Lifetime(), new Lifetime());
        using var watched = _ring.Watch(revoked.Context, second.Id);
        _ring.Watch(over.Context, second.Id).Dispose();
        using var left = _ring.Watch(other.Context, _key.Id);
        var certificate = new Lifetime();
        using var shown = _ring.Watch(certificate.Context, _time.GetUtcNow() + TimeSpan.FromMinutes(30));

        await _desk.RevokeAsync(second.Id, CancellationToken.None);
        Assert.False(revoked.IsAborted);
        _time.Advance(KeyRing.LookInterval);

        Assert.Equal((true, false, false), (revoked.IsAborted, over.IsAborted, other.IsAborted));
        Assert.False(certificate.IsAborted);
        _time.WallStep = TimeSpan.FromMinutes(31);
        _time.Advance(KeyRing.LookInterval);
        Assert.Equal((false, true), (other.IsAborted, certificate.IsAborted));
        _time.WallStep = TimeSpan.FromHours(1); // the first key's end
        _time.Advance(KeyRing.LookInterval);
        Assert.Equal((false, true), (over.IsAborted, other.IsAborted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"version\":1,\"keys\":[{}]}")]
    public void Look_ListDamaged_ChangesNothingAndSaysSo(string content)
    {
        var before = File.ReadAllText(ListPath);
        File.WriteAllText(ListPath, content);

        _time.Advance(KeyRing.LookInterval);

        Assert.NotNull(_ring.Find(_text));
        Assert.Contains("api-keys.json is damaged", _ring.Problem, StringComparison.Ordinal);
        File.WriteAllText(ListPath, before);
        _time.Advance(KeyRing.LookInterval);
        Assert.Null(_ring.Problem);
    }

    [Fact]
    public void Look_HashKeyGoneOrReadableByOthers_ChangesNothingAndSaysSo()
    {
        var path = Path.Combine(_storage.FullName, ApiKeyFiles.HashKeyName);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            _time.Advance(KeyRing.LookInterval);
            Assert.Contains("chmod go-rwx", _ring.Problem, StringComparison.Ordinal);
        }

        File.Delete(path);
        _time.Advance(KeyRing.LookInterval);

        Assert.NotNull(_ring.Find(_text));
        Assert.Contains("api-keys.key is missing", _ring.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_ListUnreadable_ChangesNothingAndSaysSo()
    {
        var moved = ListPath + ".away";
        File.Move(ListPath, moved);
        Directory.CreateDirectory(ListPath); // what no user can read as a file, root neither

        _time.Advance(KeyRing.LookInterval);

        Assert.NotNull(_ring.Find(_text));
        Assert.NotNull(_ring.Problem);
    }

    [Fact]
    public void Look_ListRemoved_TakesItsKeysWithItAndSaysSo()
    {
        File.Delete(ListPath);

        _time.Advance(KeyRing.LookInterval);
        _time.Advance(KeyRing.LookInterval);

        Assert.Null(_ring.Find(_text));
        Assert.Contains("api-keys.json is gone", _ring.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_ListOfAnotherServiceInItsPlace_LetsNobodyIn()
    {
        var other = Directory.CreateTempSubdirectory("openentropy-");
        try
        {
            await new ApiKeyDesk(other.FullName, _time).CreateAsync("other", Scopes.All, lasts: null, CancellationToken.None);
            foreach (var name in new[] { ApiKeyFiles.ListName, ApiKeyFiles.HashKeyName })
            {
                File.Copy(Path.Combine(other.FullName, name), Path.Combine(_storage.FullName, name), overwrite: true);
            }

            _time.Advance(KeyRing.LookInterval);

            Assert.Null(_ring.Find(_text));
            Assert.Null(_ring.Problem);
        }
        finally
        {
            other.Delete(recursive: true);
        }
    }

    [Fact]
    public void Uses_AreWrittenOnceAMinuteAndAtTheEnd()
    {
        var path = Path.Combine(_storage.FullName, ApiKeyFiles.UsesName);
        _ring.Find(_text);
        _time.Advance(KeyRing.LookInterval);
        Assert.False(File.Exists(path));
        for (var second = 0; second < 60; second++)
        {
            _time.Advance(KeyRing.LookInterval);
        }

        var written = Assert.Single(_desk.List()).Used;
        Assert.NotNull(written);
        _time.Advance(KeyRing.LookInterval);
        _ring.Find(_text);
        Assert.Equal(written, Assert.Single(_desk.List()).Used);

        _ring.Dispose();

        Assert.True(Assert.Single(_desk.List()).Used > written);
        Assert.DoesNotContain(_text.Split('_', 3)[2], File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfKeys_HoldNoKey()
    {
        var (_, text) = await _desk.CreateAsync("second", Scopes.All, lasts: null, CancellationToken.None);
        var secret = text.Split('_', 3)[2];
        var bytes = Base64Url.DecodeFromChars(secret);

        foreach (var file in Directory.GetFiles(_storage.FullName))
        {
            var content = await File.ReadAllBytesAsync(file);
            Assert.Equal(-1, content.AsSpan().IndexOf(bytes.AsSpan(0, 8)));
            Assert.DoesNotContain(secret[..8], System.Text.Encoding.Latin1.GetString(content), StringComparison.Ordinal);
            Assert.DoesNotContain(
                Convert.ToHexString(bytes)[..16],
                System.Text.Encoding.Latin1.GetString(content),
                StringComparison.OrdinalIgnoreCase
            );
        }

        Assert.Equal(ApiKeyText.SecretBits / 8, bytes.Length);
    }

    [Fact]
    public async Task Create_ByManyAtOnce_LosesNone()
    {
        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(i =>
                    Task.Run(() =>
                        new ApiKeyDesk(_storage.FullName, TimeProvider.System).CreateAsync(
                            $"{i}",
                            Scopes.Raw,
                            lasts: null,
                            CancellationToken.None
                        )
                    )
                )
        );
        _time.Advance(KeyRing.LookInterval);

        Assert.Equal(25, _desk.List().Count);
        Assert.Equal(24, made.Select(each => each.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.All(made, each => Assert.Equal(each.Key.Id, _ring.Find(each.Text)?.Id));
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public Lifetime() => Context.Features.Set<IHttpRequestLifetimeFeature>(this);

        public DefaultHttpContext Context { get; } = new();

        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }

    /// <summary>Texts near to keys and far from them, from a generator with a fixed seed: none of them lets anybody in.</summary>
    [Fact]
    public void Find_MadeUpTexts_AreNobody()
    {
        var state = 1u;
        uint Next(uint below) => (state = (state * 1664525) + 1013904223) / 65536 % below;
        for (var i = 0; i < 20_000; i++)
        {
            var text = _text.ToCharArray().ToList();
            switch (Next(5))
            {
                case 0: // another character somewhere
                    var at = (int)Next((uint)text.Count);
                    text[at] =
                        text[at] == 'q' ? 'r'
                        : (char)('!' + Next(90)) is var other && other != text[at] ? other
                        : '\u00e9';
                    break;
                case 1:
                    text.RemoveRange((int)Next((uint)text.Count - 1), 1);
                    break;
                case 2:
                    text.Insert((int)Next((uint)text.Count + 1), (char)Next(0x3000));
                    break;
                case 3: // the id, and another secret
                    text = [.. _text[..14], .. Enumerable.Range(0, (int)Next(60)).Select(_ => (char)('!' + Next(90)))];
                    break;
                default:
                    text = [.. Enumerable.Range(0, (int)Next(200)).Select(_ => (char)Next(0xD800))];
                    break;
            }

            var made = new string([.. text]);
            Assert.True(made == _text || _ring.Find(made) is null, JsonSerializer.Serialize(made));
        }
    }

    /// <summary>Fails at what tells of keys that were read; the sentence of the failure itself goes through.</summary>
    private sealed class FailingLogger : ILogger<KeyRing>
    {
        public bool Fails { get; set; } = true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (Fails && logLevel == LogLevel.Information)
            {
                throw new TimeZoneNotFoundException("scripted");
            }
        }
    }
}
