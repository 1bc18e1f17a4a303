using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Receipts;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;
using OpenEntropy.Server.Tests.Dashboard;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Server.Tests.Hosting;
using OpenEntropy.Server.Tests.Telemetry;
using Xunit;

namespace OpenEntropy.Server.Tests.Secrets;

/// <summary>
/// One service in a process of its own, with everything switched on that tells of it, and secrets planted in it: none is shown anywhere, and those that were
/// used and dropped are in its memory no more. The service may not be dumped, so that root alone reads its memory.
/// </summary>
public sealed class SecretsOfAProcessTests : IDisposable
{
    private const int Windows = 200; // eight bytes of the state each: two seeds at least
    private const string Kept = "what the configuration holds";
    private const string Bundles = "/api/v1/pqc/bundles";
    private const string Algorithms = "\"algorithms\":[\"ML-KEM-768\",\"ML-DSA-65\",\"Falcon-512\"],\"encodings\":[\"base64\"]";

    private static readonly string[] s_endless = ["/events", "/api/v1/stream"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openentropy-");

    // Made for each run, so that no constant of this assembly, which is loaded beside the service, is one of them.
    private readonly string _passphrase = Made("passphrase");
    private readonly string _identityPassphrase = Made("identity");
    private readonly string _collectorKey = Made("collector");
    private string _apiKey = "";

    private string Storage => Path.Combine(_folder.FullName, "storage");

    private string Temporary => Path.Combine(_folder.FullName, "temporary");

    public void Dispose() => _folder.Delete(recursive: true);

    [RootFact]
    public async Task Service_AfterUse_ShowsNoSecretAnywhereAndKeepsNoneThatWasDropped()
    {
        Directory.CreateDirectory(Temporary);
        await using var collector = await Collector.StartAsync();
        var desk = new ApiKeyDesk(Storage, TimeProvider.System);
        _apiKey = (await desk.CreateAsync("of this test", Scopes.All, TimeSpan.FromDays(1), CancellationToken.None)).Text;
        var keySecret = _apiKey.Split('_', 3)[2]; // the id is told
        var (_, service) = await ServiceProcess.StartAsync(Start(collector.Address), Storage);
        using (service)
        {
            Assert.Equal("0 0", CoreLimit(service.Id));
            var secrets = await ReadStateAsync(service.Id);
            var dropped = new MemoryCanaries();
            dropped.Add(Kept, _identityPassphrase); // which stays: what is looked for would be found
            dropped.Add("a passphrase", _passphrase);
            await ActAsync(service.Client.BaseAddress!, dropped, secrets);

            var shown = await ReadSurfacesAsync(service, collector);
            foreach (var (name, text) in shown)
            {
                var find = secrets.FindIn(text);
                Assert.True(find is null, $"{name} shows the state or a key: {find}");
                foreach (var secret in new[] { _passphrase, _identityPassphrase, keySecret, _collectorKey })
                {
                    Assert.All(FormsOf(secret), form => Assert.False(text.Contains(form, StringComparison.OrdinalIgnoreCase), name));
                }
            }

            await AssertForgottenAsync(service, dropped);
        }
    }

    /// <summary>Uses secrets, as a client of its own that goes away.</summary>
    private async Task ActAsync(Uri address, MemoryCanaries dropped, ShownBytes told)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = ServiceProcess.Patience };
        client.DefaultRequestHeaders.Add("x-api-key", _apiKey);
        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        foreach (
            var (body, isClear) in new[]
            {
                ($$"""{{{Algorithms}},"passphrase":"{{_passphrase}}"}""", false),
                ($$"""{{{Algorithms}}}""", true),
            }
        )
        {
            using var answer = await client.PostAsync(Bundles, new StringContent(body, Encoding.UTF8, "application/json"));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
            foreach (var key in JsonElement.Parse(text).GetProperty("secret_keys").EnumerateArray())
            {
                foreach (var part in isClear ? Clear(key) : Open(key))
                {
                    told.Add(part);
                    dropped.AddInAllForms($"{key.GetProperty("algorithm")} {(isClear ? "in clear" : "encrypted")}", part);
                }
            }
        }

        var bytes = await client.GetByteArrayAsync("/api/v1/random?length=3000&format=bytes");
        dropped.AddInAllForms("bytes that were served", bytes);
        using var receipt = await client.GetAsync("/api/v1/random?length=16&receipt=true");
        Assert.Equal(HttpStatusCode.OK, receipt.StatusCode);
        var stored = await File.ReadAllTextAsync(Path.Combine(Storage, "identity", IdentityFiles.KeyName));
        var scalar = EncryptedPrivateKeyInfo.Decrypt(Pem.Read(stored, EncryptedPrivateKeyInfo.PemLabel), _identityPassphrase)[36..68];
        told.Add(scalar);
    }

    // What is secret in all of an expanded key: ML-DSA's repeats of the public key stand at its beginning, ML-KEM's in its middle.
    private static IEnumerable<byte[]> Parts(byte[] key) => key.Length <= 64 ? [key] : [key[200..300], key[^32..]];

    private static IEnumerable<byte[]> Clear(JsonElement key) =>
        new[] { "seed", "secret_key" }
            .Where(name => key.TryGetProperty(name, out _))
            .SelectMany(name => Parts(key.GetProperty(name).GetBytesFromBase64()));

    private IEnumerable<byte[]> Open(JsonElement key)
    {
        var clear = EncryptedPrivateKeyInfo.Decrypt(
            Pem.Read(key.GetProperty("encrypted_pem").GetString()!, EncryptedPrivateKeyInfo.PemLabel),
            _passphrase
        );
        if (BundleAlgorithm.Find(key.GetProperty("algorithm").GetString()!)!.PrivateOid is { } oid)
        {
            return Parts(UnregisteredPrivateKeyInfo.Read(oid, clear));
        }

        using var parts = PrivateKeyInfo.Read(clear);
        return [parts.Seed.ToArray(), .. Parts(parts.ExpandedKey.ToArray())];
    }

    /// <summary>The pool's and the generators' memory, as eight bytes that are all different and none zero: counters and lengths are none.</summary>
    private static async Task<ShownBytes> ReadStateAsync(int process)
    {
        var state = new ShownBytes();
        await ServerFactory.UntilAsync(() => Task.FromResult(ReadState(process, state) > Windows)); // the pool fills
        return state;
    }

    private static int ReadState(int process, ShownBytes state)
    {
        var windows = 0;
        ProcessMemory.Read(
            process,
            locked: true,
            overlap: 7,
            memory =>
            {
                for (var i = 0; i + 8 <= memory.Length; i++)
                {
                    var window = memory.Slice(i, 8);
                    if (!window.Contains((byte)0) && window.ToArray().Distinct().Count() == 8)
                    {
                        state.Add(window);
                        windows++;
                    }
                }
            }
        );
        return windows;
    }

    private async Task<List<(string Name, string Text)>> ReadSurfacesAsync(ServiceProcess service, Collector collector)
    {
        var shown = new List<(string Name, string Text)>();
        var client = service.Client;
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        var paths = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _) && !s_endless.Contains(path.Name))
            .Select(path =>
                path.Name.Replace("{name}", "clock_jitter", StringComparison.Ordinal)
                    .Replace("{source}", "clock_jitter", StringComparison.Ordinal)
            )
            .Concat(["/", "/events/history", "/no/such/route", "/api/v1/random?length=nonsense"])
            .Distinct()
            .ToList();
        Assert.True(paths.Count > 25);
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path);
            shown.Add((path, $"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync()}"));
        }

        using (var events = await PageEvents.WatchAsync(client))
        {
            foreach (var name in new[] { "hello", "status", "sources" })
            {
                shown.Add(($"event {name}", (await events.ReadAsync(name)).GetRawText()));
            }
        }

        shown.Add(("metrics that are pushed", (await collector.UntilAsync("/v1/metrics", "openentropy_bundles")).Body));
        shown.Add(("a trace", (await collector.UntilAsync("/v1/traces", Bundles)).Body));
        shown.Add(("standard output", string.Join('\n', service.Lines)));
        Assert.Matches("\"level\":\"(Debug|Verbose)\"", shown[^1].Text); // nothing is held back by its level
        shown.AddRange(await OpenFiles.ReadAllAsync(_folder.FullName));
        Assert.Contains(shown, each => each.Name.EndsWith(".log", StringComparison.Ordinal));
        return shown;
    }

    /// <summary>Connections end and memory is collected in their own time, so it is asked for until all is gone.</summary>
    private static async Task AssertForgottenAsync(ServiceProcess service, MemoryCanaries dropped)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var watch = TimeProvider.System.GetTimestamp();
        do
        {
            var before = service.Lines.Count(IsCollected);
            using (var signal = Process.Start("kill", ["-USR1", $"{service.Id}"]))
            {
                await signal.WaitForExitAsync();
            }

            await ServerFactory.UntilAsync(() => Task.FromResult(service.Lines.Count(IsCollected) > before));
            found.Clear();
            var bytes = ProcessMemory.Read(service.Id, locked: false, MemoryCanaries.Window - 1, part => dropped.FindIn(part, found));
            Assert.True(bytes > 10_000_000, $"{bytes} bytes of memory were read");
            Assert.Contains(found, name => name.StartsWith(Kept, StringComparison.Ordinal));
            found.RemoveWhere(name => name.StartsWith(Kept, StringComparison.Ordinal));
        } while (found.Count > 0 && TimeProvider.System.GetElapsedTime(watch) < ServiceProcess.Patience);

        Assert.True(found.Count == 0, $"in memory still: {string.Join("; ", found)}");
    }

    private static bool IsCollected(string line) => line.Contains("\"collected\"", StringComparison.Ordinal);

    private static string CoreLimit(int process)
    {
        const string Name = "Max core file size";
        var line = File.ReadLines($"/proc/{process}/limits").Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        return string.Join(' ', line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
    }

    private static string[] FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return [secret[..16], Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes)[..20]];
    }

    private static string Made(string name) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {Environment.ProcessId} {TimeProvider.System.GetUtcNow().Ticks}"))
        )[..40];

    private ProcessStartInfo Start(string collector)
    {
        var start = TalkativeService.Start(collector, "--OpenEntropy:Otlp:Interval=00:00:01");
        start.Environment["OpenEntropy__Otlp__Headers"] = $"x-key={_collectorKey}";
        start.Environment["OpenEntropy__Bundles__IdentityPassphrase"] = _identityPassphrase;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(SecretsOfAProcessTests).Assembly.Location;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["TMPDIR"] = Temporary;
        return start;
    }
}
