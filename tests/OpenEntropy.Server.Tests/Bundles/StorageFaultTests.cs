using System.Net;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>
/// The service as a process on a file system that really is full, read-only, or gone behind another: no bundle is made, nothing is left of it, randomness
/// goes on, and bundles are made again once it is as it was.
/// </summary>
public sealed class StorageFaultTests : IDisposable
{
    private const string Route = "/api/v1/pqc/bundles";

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    public void Dispose() => _storage.Delete(recursive: true);

    [PrivateMountTheory]
    [InlineData("keys", "1m")]
    [InlineData("", "64m")]
    public async Task Post_FileSystemFullReadOnlyOrGone_MakesNothingAndGoesOnWhenItIsBack(string below, string size)
    {
        var at = Path.Combine(_storage.FullName, below);
        using var service = await MountedService.StartAsync(_storage.FullName, at, size);
        var made = new List<string> { await MintAsync(service) };

        foreach (var (fault, cure) in new[] { ("fill", "free"), ("read-only", "uncover"), ("hide", "uncover") })
        {
            var before = await service.DoAsync("list");
            Assert.Empty(await service.DoAsync(fault));
            await AssertRefusedAsync(service);
            await AssertRefusedAsync(service);
            Assert.Empty(await service.DoAsync(cure));
            Assert.Equal(before, await service.DoAsync("list"));
            made.Add(await MintAsync(service));
        }

        using var list = JsonDocument.Parse(await service.Client.GetStringAsync(new Uri(Route, UriKind.Relative)));
        var bundles = list.RootElement.GetProperty("bundles").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Reverse(made), bundles.Select(each => each.GetProperty("id").GetString()!));
        Assert.All(bundles, each => Assert.True(each.GetProperty("intact").GetBoolean()));
        Assert.Equal(0, list.RootElement.GetProperty("findings").GetArrayLength());
    }

    [PrivateMountTheory]
    [InlineData("identity")]
    public async Task Post_NoteOnAReadOnlyFileSystem_MakesTheBundle(string below)
    {
        using var service = await MountedService.StartAsync(_storage.FullName, Path.Combine(_storage.FullName, below), "1m");
        await MintAsync(service);
        Assert.Empty(await service.DoAsync("read-only"));

        await MintAsync(service);

        Assert.Equal(2, (await service.DoAsync("list")).Count(line => line.EndsWith(".json", StringComparison.Ordinal)));
    }

    private static async Task<string> MintAsync(MountedService service)
    {
        var text = "";
        await ServerFactory.UntilAsync(async () =>
        {
            using var answer = await service.Client.PostAsync(Route, content: null);
            text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && text.Contains("seed blocks", StringComparison.Ordinal))
            {
                return false; // on a busy machine the pool may not have one yet
            }

            Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
            return true;
        });
        using var bundle = JsonDocument.Parse(text);
        return bundle.RootElement.GetProperty("bundle").GetProperty("id").GetString()!;
    }

    private static async Task AssertRefusedAsync(MountedService service)
    {
        using var answer = await service.Client.PostAsync(Route, content: null);
        using var random = await service.Client.GetAsync(new Uri("/api/v1/random?length=32", UriKind.Relative));

        var message = await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        // Where all of the storage is full, which of the two files finds no room first is the file system's affair.
        Assert.True(
            message.StartsWith("no bundle was made: the ledger of bundles cannot be", StringComparison.Ordinal)
                || message.StartsWith("nothing was done, as the audit log cannot be written: ", StringComparison.Ordinal),
            message
        );
        Assert.Equal(HttpStatusCode.OK, random.StatusCode);
    }
}
