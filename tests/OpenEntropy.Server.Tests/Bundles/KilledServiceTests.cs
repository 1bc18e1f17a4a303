using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Audit;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>The service as a process, on this machine's noise, killed while it makes bundles.</summary>
public sealed class KilledServiceTests : IDisposable
{
    private const int Rounds = 3;
    private const int Clients = 4;
    private const string Route = "/api/v1/pqc/bundles";

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    public void Dispose() => _storage.Delete(recursive: true);

    [Fact]
    public async Task Kill_WhileBundlesAreMade_LeavesALedgerThatHasEveryBundleThatWasAnswered()
    {
        var answered = new ConcurrentBag<string>();
        for (var round = 0; round < Rounds; round++)
        {
            using var service = await ServiceProcess.StartAsync(_storage.FullName);
            await MintUntilKilledAsync(service, answered, answered.Count + 5 + (7 * round));
        }

        using var last = await ServiceProcess.StartAsync(_storage.FullName);
        using var list = JsonDocument.Parse(await last.Client.GetStringAsync($"{Route}?limit=100"));
        var bundles = list.RootElement.GetProperty("bundles").EnumerateArray().ToList();

        Assert.Empty(answered.Except(bundles.Select(each => each.GetProperty("id").GetString()!)));
        Assert.All(bundles, each => Assert.True(each.GetProperty("intact").GetBoolean()));
        Assert.Equal(Enumerable.Range(1, bundles.Count).Reverse(), bundles.Select(each => each.GetProperty("sequence").GetInt32()));
        Assert.Empty(Directory.GetFiles(Path.Combine(_storage.FullName, "keys"), "*.new"));
        Assert.Equal(bundles.Count, Directory.GetFiles(Path.Combine(_storage.FullName, "keys"), "*.json").Length);
        using var next = await last.Client.PostAsync(Route, content: null);
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
        AssertAudited(answered); // now that the last start is entered as well, which no answer before waits for
    }

    // No act without an entry on the device before it; what the kill cut off was no act yet.
    private void AssertAudited(IReadOnlyCollection<string> answered)
    {
        var told = new List<AuditLine>();
        var scanner = new AuditScanner(before: null, (line, _) => told.Add(line));
        foreach (var file in AuditFiles.In(Path.Combine(_storage.FullName, AuditFiles.Folder)))
        {
            Assert.Empty(scanner.Read(AuditTail.ReadAll(file)).Problems);
        }

        var mints = told.Where(line => line.Entry.Act == "bundle_mint").ToList();
        var begun = mints.Where(line => line.Entry.Outcome == "begun").Select(line => line.Sequence).ToHashSet();
        var done = mints.Where(line => line.Entry.Outcome == "done").ToList();
        Assert.Empty(answered.Except(done.Select(line => line.Entry.Subject!)));
        Assert.All(done, line => Assert.Contains(line.Entry.Begun!.Value, begun));
        Assert.Equal(Rounds + 1, told.Count(line => line.Entry.Act == "service_start"));
        Assert.DoesNotContain(told, line => line.Entry.Act == "service_stop");
    }

    // Several clients at once, so that the end comes in the middle of something.
    private static async Task MintUntilKilledAsync(ServiceProcess service, ConcurrentBag<string> answered, int enough)
    {
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(MintAsync)).ToList();
        await Task.WhenAll(clients).WaitAsync(ServiceProcess.Patience);

        async Task MintAsync()
        {
            while (!killed.Task.IsCompleted)
            {
                try
                {
                    using var answer = await service.Client.PostAsync(Route, content: null);
                    using var bundle = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                    if (answer.StatusCode == HttpStatusCode.Created)
                    {
                        answered.Add(bundle.RootElement.GetProperty("bundle").GetProperty("id").GetString()!);
                    }

                    if (answered.Count >= enough && killed.TrySetResult())
                    {
                        service.Kill();
                    }
                }
                catch (HttpRequestException)
                {
                    return; // the service is gone
                }
            }
        }
    }
}
