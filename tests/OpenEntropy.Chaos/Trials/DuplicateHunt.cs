using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Chaos.Duplicates;
using OpenEntropy.Chaos.Running;

namespace OpenEntropy.Chaos.Trials;

/// <summary>Many clients take very many blocks; no block may come twice.</summary>
internal static class DuplicateHunt
{
    // Every client asks for as little as a block now and then, so that answers of all sizes meet.
    private const int SmallOnceIn = 16;

    /// <summary>Runs it.</summary>
    /// <param name="options">How many.</param>
    /// <param name="output">Where to tell.</param>
    public static async Task<bool> RunAsync(ChaosOptions options, TextWriter output)
    {
        var storage = Directory.CreateTempSubdirectory("openentropy-chaos-");
        try
        {
            using var service = await ServiceChild.StartAsync(
                storage.FullName,
                environment: null,
                "--OpenEntropy:Assessment:Enabled=false"
            );
            using var shelf = new BlockShelf(storage.FullName);
            using var first = new HttpClient();
            _ = await service.ReadyAsync(first) ?? throw new ServiceDoesNotStartException("the service does not become ready");
            var started = Stopwatch.GetTimestamp();
            var answers = await Task.WhenAll(
                Enumerable.Range(0, options.Clients).Select(_ => Task.Run(() => TakeAsync(options, service.Address, shelf)))
            );
            var taken = Stopwatch.GetElapsedTime(started);
            var found = shelf.FindDuplicates();
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{shelf.Count} blocks of 16 bytes in {answers.Sum()} answers to {options.Clients} clients in {taken.TotalSeconds:0} s, sorted in {(Stopwatch.GetElapsedTime(started) - taken).TotalSeconds:0} s: {found.Count} came twice"
                )
            );
            foreach (var block in found.Take(10))
                await output.WriteLineAsync($"TWICE {block}");
            return found.Count == 0 && shelf.Count >= options.Blocks;
        }
        finally
        {
            storage.Delete(recursive: true);
        }
    }

    private static async Task<long> TakeAsync(ChaosOptions options, Uri address, BlockShelf shelf)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        var answers = 0L;
        for (; shelf.Count < options.Blocks; answers++)
        {
            var length = answers % SmallOnceIn == 0 ? BlockShelf.BlockBytes : options.AnswerBytes;
            var bytes = await client.GetByteArrayAsync(new Uri($"/api/v1/random?format=bytes&length={length}", UriKind.Relative));
            if (bytes.Length != length)
                throw new FormatException($"{length} bytes were asked for, and {bytes.Length} came");
            shelf.Add(bytes);
        }

        return answers;
    }
}
