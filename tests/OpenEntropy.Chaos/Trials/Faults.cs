using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenEntropy.Chaos.Running;

namespace OpenEntropy.Chaos.Trials;

/// <summary>What may happen to a service on a machine.</summary>
internal static class Faults
{
    private const int DiskMiB = 512;
    private const int GreedyClients = 64;
    private const string HeapBytes = "0x3000000"; // 48 MiB, hexadecimal

    /// <summary>Mounts a small file system where nobody else sees it, if this process has mounts of its own.</summary>
    /// <param name="path">Where.</param>
    /// <returns>Why not; null: it is mounted.</returns>
    public static string? Mount(string path) =>
        Environment.GetEnvironmentVariable("OPENENTROPY_CHAOS_MOUNTS") is null
            ? "run it under unshare --map-root-user --mount, with OPENENTROPY_CHAOS_MOUNTS=1"
            : Tool.Run("mount", "-t", "tmpfs", "-o", $"size={DiskMiB}m,mode=700", "tmpfs", path);

    /// <summary>Takes it away again; nothing where there is none.</summary>
    /// <param name="path">Where.</param>
    public static void Unmount(string path) => _ = Tool.Run("umount", "-l", path);

    /// <summary>Busy threads on all cores, and all threads of the service on one.</summary>
    /// <param name="run">The run.</param>
    public static async Task DelayThreadsAsync(ChaosRun run)
    {
        using var end = new CancellationTokenSource();
        var threads = Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Thread(Spin)).ToList();
        threads.ForEach(thread => thread.Start());
        Require(run, "taskset", "-a", "-p", "1", Id(run));
        await Task.Delay(run.Phase, TimeProvider.System);
        Require(run, "taskset", "-a", "-p", "ffffffff", Id(run));
        await end.CancelAsync();
        threads.ForEach(thread => thread.Join());

        void Spin()
        {
            while (!end.IsCancellationRequested)
                Thread.SpinWait(1000);
        }
    }

    /// <summary>SIGSTOP, and later SIGCONT.</summary>
    /// <param name="run">The run.</param>
    public static async Task StopAsync(ChaosRun run)
    {
        run.Service.Signal("STOP");
        await Task.Delay(run.Stop, TimeProvider.System);
        run.Service.Signal("CONT");
    }

    /// <summary>Fewer descriptors than it has, and connections that do nothing.</summary>
    /// <param name="run">The run.</param>
    public static async Task ExhaustDescriptorsAsync(ChaosRun run)
    {
        var open = (int)ProcessFigures.Of(run.Service.Id).Descriptors;
        var sockets = new List<Socket>();
        var usual = SoftLimit(run);
        Require(run, "prlimit", "--pid", Id(run), string.Create(CultureInfo.InvariantCulture, $"--nofile={open + 16}:"));
        try
        {
            for (var i = 0; i < 256; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                await socket.ConnectAsync(IPAddress.Loopback, run.Service.Address.Port, limit.Token);
            }

            run.Invariants.Count($"{ProcessFigures.Of(run.Service.Id).Descriptors:0} of {open + 16} descriptors");
            await Task.Delay(run.Phase, TimeProvider.System);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            await Task.Delay(run.Phase, TimeProvider.System); // the queue of connections is full: that is what was wanted
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
            Require(run, "prlimit", "--pid", Id(run), $"--nofile={usual}:");
        }
    }

    /// <summary>Not a byte is left where bundles are kept.</summary>
    /// <param name="run">The run.</param>
    public static async Task FillDiskAsync(ChaosRun run)
    {
        var file = Path.Combine(run.Storage, "filling");
        try
        {
            await using var filling = File.Create(file, bufferSize: 1);
            try
            {
                for (var left = new byte[4096]; ; )
                    filling.Write(left);
            }
            catch (IOException)
            {
                await Task.Delay(run.Phase, TimeProvider.System);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A small heap, and clients that ask for as much as an answer may have. It may end the process, as it ends any: then it is started again.</summary>
    /// <param name="run">The run.</param>
    public static async Task ExhaustMemoryAsync(ChaosRun run)
    {
        await run.RestartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = HeapBytes });
        using var client = new HttpClient();
        using var end = new CancellationTokenSource(run.Phase);
        await Task.WhenAll(Enumerable.Range(0, GreedyClients).Select(_ => Task.Run(GreedyAsync)));
        run.Invariants.Count(run.Service.HasEnded ? "the process ended" : "the process lives");
        if (run.Service.HasEnded)
            await run.RestartAsync();

        async Task GreedyAsync()
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    using var answer = await client.GetAsync(
                        new Uri(run.Service.Address, "api/v1/random?length=65536&type=hex16&size=16"),
                        end.Token
                    );
                    run.Invariants.Count($"greedy {(int)answer.StatusCode}");
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
                {
                    run.Invariants.Count("greedy without an answer");
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                }
            }
        }
    }

    /// <summary>SIGKILL in the middle of it, and a start on the same storage.</summary>
    /// <param name="run">The run.</param>
    public static async Task KillAsync(ChaosRun run)
    {
        var enough = run.Invariants.Bundles.Count + 5;
        var started = Stopwatch.GetTimestamp();
        while (run.Invariants.Bundles.Count < enough && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        run.Service.Kill();
        await run.RestartAsync();
    }

    // A fault that did not come about shows nothing.
    private static void Require(ChaosRun run, string program, params string[] arguments)
    {
        if (Tool.Run(program, arguments) is { } error)
            run.Invariants.Break($"no fault: {program}: {error}");
    }

    // "Max open files            1024                 524288               files"
    private static string SoftLimit(ChaosRun run) =>
        File.ReadLines($"/proc/{run.Service.Id}/limits")
            .First(line => line.StartsWith("Max open files", StringComparison.Ordinal))["Max open files".Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];

    private static string Id(ChaosRun run) => run.Service.Id.ToString(CultureInfo.InvariantCulture);
}
