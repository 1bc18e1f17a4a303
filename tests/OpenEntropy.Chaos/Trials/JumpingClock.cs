using OpenEntropy.Chaos.Running;

namespace OpenEntropy.Chaos.Trials;

/// <summary>The clock of day of one process, moved by a library that is preloaded.</summary>
internal static class JumpingClock
{
    /// <summary>Makes the clock of day of one process movable, by a library that stands before the system's.</summary>
    /// <param name="scratch">A folder.</param>
    /// <returns>Why that cannot be; null: it can.</returns>
    public static string? WhyNot(string scratch) =>
        Tool.Run(
            "cc",
            "-shared",
            "-fPIC",
            "-O2",
            "-o",
            Library(scratch),
            Path.Combine(AppContext.BaseDirectory, "Trials", "jumping_clock.c")
        );

    /// <summary>The clock of day jumps forth and back, while the clock since the start of the machine does not.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scratch">As above.</param>
    public static async Task JumpAsync(ChaosRun run, string scratch)
    {
        const long Day = 86_400; // seconds
        var offset = Path.Combine(scratch, "offset");
        await File.WriteAllBytesAsync(offset, BitConverter.GetBytes(0L));
        await run.RestartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["LD_PRELOAD"] = Library(scratch),
                ["OPENENTROPY_CLOCK_OFFSET"] = offset,
            }
        );
        using var client = new HttpClient();
        _ = await run.Service.ReadyAsync(client);
        foreach (var seconds in new[] { Day, -Day, 0 })
        {
            // In its place: the service has the file mapped, and one that is cut would end it.
            using (var file = File.OpenHandle(offset, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                await RandomAccess.WriteAsync(file, BitConverter.GetBytes(seconds), 0);
            await Task.Delay(run.Phase / 3, TimeProvider.System);
            using var answer = await client.GetAsync(new Uri(run.Service.Address, "health/live"));
            var told = (answer.Headers.Date - TimeProvider.System.GetUtcNow())!.Value.TotalSeconds;
            if (Math.Abs(told - seconds) > Day / 10.0)
                run.Invariants.Break($"the service's clock did not jump: it is {told:0} s off, not {seconds}");
        }
    }

    private static string Library(string scratch) => Path.Combine(scratch, "jumping_clock.so");
}
