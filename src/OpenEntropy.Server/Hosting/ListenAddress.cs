using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace OpenEntropy.Server.Hosting;

/// <summary>Which addresses are accepted, wherever they are configured: Kestrel takes what it cannot parse, a mistyped port even, for "all interfaces, port 80".</summary>
internal static class ListenAddress
{
    /// <summary>Whether Kestrel would listen where the host says.</summary>
    /// <param name="host">A host as configured.</param>
    public static bool IsListenable(string host) =>
        host is "localhost" or "*" or "+" || (IPAddress.TryParse(host, out _) && !host.Contains("]:", StringComparison.Ordinal));

    /// <summary>Checks every address of <c>urls</c> and of <c>Kestrel:Endpoints</c>.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <exception cref="StartFailedException">At least one is not an address; each is named with its key.</exception>
    public static void Check(IConfiguration configuration)
    {
        const StringSplitOptions Parts = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var urls = (configuration["urls"] ?? "").Split(';', Parts).Select(url => (Key: "urls", Address: url));
        var problems = urls.Concat(KestrelEndpoints.All(configuration))
            .Where(each => !IsAddress(each.Address))
            .Select(each => $"{each.Key}: '{each.Address}' is not an address as http://127.0.0.1:8042, with an IP address, localhost or *")
            .ToList();
        if (KestrelEndpoints.FindProblem(configuration) is { } problem)
        {
            problems.Add(problem);
        }

        if (problems.Count > 0)
        {
            throw new StartFailedException(string.Join(Environment.NewLine, problems));
        }
    }

    private static bool IsAddress(string url) =>
        TryParse(url, out var address)
        && (address.IsUnixPipe || address.IsNamedPipe || (IsListenable(address.Host) && address.Port is >= 0 and <= IPEndPoint.MaxPort));

    private static bool TryParse(string url, [NotNullWhen(true)] out BindingAddress? address)
    {
        try
        {
            address = BindingAddress.Parse(url);
            return true;
        }
        catch (FormatException)
        {
            address = null;
            return false;
        }
    }
}
