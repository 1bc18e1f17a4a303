using System.Text;

namespace OpenEntropy.Clients.Tests.Conformance;

/// <summary><c>docs/conformance.md</c>, written and read.</summary>
internal static class ConformancePage
{
    private const string Head = """
        # Conformance

        Programs that others wrote, unmodified, run against the real service by `tests/OpenEntropy.Clients.Tests`. A test fails when the clients, the uses or the
        results of this page are not those of its run; versions may differ. Written by
        ```sh
        OPENENTROPY_CONFORMANCE=$PWD/docs/conformance.md dotnet test tests/OpenEntropy.Clients.Tests --filter Page_ClientsAndResults
        ```
        npm packages are pinned in `tests/OpenEntropy.Clients.Tests/Npm/package-lock.json`; the others are those of the machine. Clients with a built-in host name
        (`qrng.anu.edu.au`) run in a network and a mount namespace of their own (`unshare`), in which that name is loopback and a test authority vouches for it.
        `@qiskit/algo-anu` and `rng-ts` ask the older ANU API. Of clients that neither Debian nor npm has, only what they send is sent here, by `curl`;
        quantum-llama.cpp, which asks by TLS on a new connection for each token, is imitated by `QuantumLlamaTests`, quantum-vllm by `DialectClientTests`.

        | client | version | what was run | result |
        |---|---|---|---|

        """;

    private const char Bar = '|';

    /// <summary>The whole page.</summary>
    /// <param name="rows">The table.</param>
    public static string Write(IEnumerable<ConformanceRow> rows)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var row in rows)
        {
            page.Append($"| {row.Client} | {row.Version} | {Cell(row.What)} | {Cell(row.Result)} |\n");
        }

        return page.ToString();
    }

    /// <summary>The rows of a page.</summary>
    /// <param name="page">Its text.</param>
    public static IReadOnlyList<ConformanceRow> Read(string page) =>
        [
            .. page.ReplaceLineEndings("\n")
                .Split('\n')
                .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
                .Skip(1)
                .Where(line => line.StartsWith(Bar))
                .Select(line => line.Trim(Bar).Split(Bar, StringSplitOptions.TrimEntries))
                .Select(cells => new ConformanceRow(cells[0], cells[1], cells[2], cells[3])),
        ];

    /// <summary>Text in a cell: one line, no bar.</summary>
    /// <param name="text">The text.</param>
    public static string Cell(string text) => text.ReplaceLineEndings(" ").Replace(Bar, '/').Trim();
}
