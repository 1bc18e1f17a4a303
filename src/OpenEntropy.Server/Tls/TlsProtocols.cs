using System.Security.Authentication;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Tls;

/// <summary>Which versions of TLS are spoken: 1.2 and 1.3, and a configuration that asks for another stops the start (RFC 8996).</summary>
internal static class TlsProtocols
{
    /// <summary>Both.</summary>
    public const SslProtocols All = SslProtocols.Tls12 | SslProtocols.Tls13;

    private const string Key = "SslProtocols";

    private static readonly string[] s_names = [nameof(SslProtocols.Tls12), nameof(SslProtocols.Tls13)];

    /// <summary>Checks what Kestrel's section asks for: for all addresses, for one, or for one name of an address.</summary>
    /// <param name="kestrel">The section.</param>
    /// <exception cref="StartFailedException">Something else than the two; each value is named with its key.</exception>
    public static void Check(IConfiguration kestrel)
    {
        var problems = Places(kestrel)
            .Select(place => place.GetSection(Key))
            .SelectMany(list => list.GetChildren().Append(list))
            .Where(each => each.Value is { Length: > 0 } value && !s_names.Contains(value, StringComparer.OrdinalIgnoreCase))
            .Select(each => $"{each.Path}: '{each.Value}' is not spoken here: give Tls12, Tls13 or both, or leave it out")
            .ToList();
        if (problems.Count > 0)
        {
            throw new StartFailedException(string.Join(Environment.NewLine, problems));
        }
    }

    private static IEnumerable<IConfigurationSection> Places(IConfiguration kestrel)
    {
        yield return kestrel.GetSection("EndpointDefaults");
        foreach (var endpoint in kestrel.GetSection("Endpoints").GetChildren())
        {
            yield return endpoint;
            foreach (var name in endpoint.GetSection("Sni").GetChildren())
            {
                yield return name;
            }
        }
    }
}
