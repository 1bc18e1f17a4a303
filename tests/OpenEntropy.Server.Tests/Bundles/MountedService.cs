using System.Diagnostics;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>
/// The service as a process that sees a small file system of its own in memory, which is filled, made read-only and hidden by another. Nothing is mounted
/// where other processes see it, and it goes when the service does.
/// </summary>
internal sealed class MountedService : IDisposable
{
    private const string Done = "done";

    // A line of standard input is a command; what it says goes to standard error, as the service has standard output. At the end of the input all ends.
    private const string Script = """
        at=$1 size=$2 keys=$3
        shift 3
        mkdir -p "$at" && mount -t tmpfs -o "size=$size,mode=700" tmpfs "$at" || exit 1
        "$@" 2>&1 </dev/null &
        service=$!
        while read -r command; do
          case $command in
            fill) ! cat /dev/zero > "$at/filling" 2>/dev/null ;;
            free) rm "$at/filling" ;;
            read-only) mount --bind "$at" "$at" && mount -o remount,bind,ro "$at" ;;
            hide) mount -t tmpfs -o mode=700 tmpfs "$at" ;;
            uncover) umount -l "$at" ;;
            list) ls -A "$keys" && cat "$keys/index" ;;
          esac >&2 || echo "$command failed" >&2
          echo done >&2
        done
        kill -9 "$service"
        """;

    private readonly Process _process;
    private readonly ServiceProcess _service;

    private MountedService(Process process, ServiceProcess service) => (_process, _service) = (process, service);

    /// <summary>What gives a process mounts of its own, also to who is not root.</summary>
    public static IReadOnlyList<string> Unshare { get; } = ["--map-root-user", "--mount"];

    public HttpClient Client => _service.Client;

    /// <summary>Starts it and waits until it can serve.</summary>
    /// <param name="storage">The storage directory.</param>
    /// <param name="at">Where the file system is mounted: there or below.</param>
    /// <param name="size">Its size, as mount takes it.</param>
    public static async Task<MountedService> StartAsync(string storage, string at, string size)
    {
        string[] script = ["sh", "-c", Script, "sh", at, size, Path.Combine(storage, "keys")];
        var start = new ProcessStartInfo("unshare", [.. Unshare, .. script, .. ServiceProcess.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        var (process, service) = await ServiceProcess.StartAsync(start, storage);
        return new MountedService(process, service);
    }

    /// <summary>Has the file system changed or told.</summary>
    /// <param name="command">One of the script's.</param>
    /// <returns>What it says, which is nothing where it was changed.</returns>
    public async Task<IReadOnlyList<string>> DoAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        var said = new List<string>();
        while (await _process.StandardError.ReadLineAsync().WaitAsync(ServiceProcess.Patience) is { } line && line != Done)
        {
            said.Add(line);
        }

        return said;
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // the script ends the service, which is not its own process
        _process.WaitForExit(ServiceProcess.Patience);
        _service.Dispose();
    }
}
