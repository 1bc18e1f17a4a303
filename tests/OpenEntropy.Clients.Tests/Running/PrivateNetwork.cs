using System.Diagnostics;

namespace OpenEntropy.Clients.Tests.Running;

/// <summary>
/// A network and a view of the file system that only one shell and its children see (<c>unshare</c>): there the name that a client has built in is
/// loopback, and the service listens on ports 80 and 443. Nothing of the machine changes, and nothing from there reaches it.
/// </summary>
internal static class PrivateNetwork
{
    private const string Script = "private-network.sh";

    private static readonly Lazy<string?> s_whyNot = new(Try);

    /// <summary>Why there is none here; null where there is.</summary>
    public static string? WhyNot() => Programs.WhyNot("unshare", "ip", "curl") ?? s_whyNot.Value;

    /// <summary>Runs a script of the npm folder there, beside the service under a name.</summary>
    /// <param name="name">The host name.</param>
    /// <param name="script">The script's file.</param>
    public static async Task<CommandResult> RunNodeAsync(string name, string script)
    {
        var work = Directory.CreateTempSubdirectory("openentropy-");
        try
        {
            TestAuthority.Write(work.FullName, name);
            await File.WriteAllTextAsync(Path.Combine(work.FullName, "hosts"), $"127.0.0.1 localhost {name}\n");
            var start = NpmFolder.Node();
            start.FileName = "unshare";
            string[] arguments = [.. Unshare, "sh", Script, work.FullName, ServerProcess.Program, "node", script];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["NODE_EXTRA_CA_CERTS"] = Path.Combine(work.FullName, "authority.pem");
            return await Command.SucceedAsync(start);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static string[] Unshare => ["--map-root-user", "--mount", "--net"];

    // Containers and some systems forbid it.
    private static string? Try()
    {
        var trial = new ProcessStartInfo("unshare", [.. Unshare, "sh", "-c", "ip link set lo up && mount --bind /etc/hosts /etc/hosts"]);
        var result = Command.RunAsync(trial).GetAwaiter().GetResult();
        return result.ExitCode == 0 ? null : $"no network of its own: {result.Error.Trim()}";
    }
}
