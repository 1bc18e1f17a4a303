using System.Net;
using System.Net.Sockets;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Certificates;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Server.Limits;

/// <summary>Reads the limits of all callers and of single ones.</summary>
internal static class LimitsSettings
{
    /// <summary>Reads them; what a caller's own do not say is as for all.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="clients">Whose certificates are known.</param>
    /// <param name="reader">Reads, and collects what is wrong.</param>
    public static LimitsOptions Read(IConfiguration configuration, IReadOnlyList<ClientSubject> clients, OptionsReader reader)
    {
        var options = reader.Read<LimitsOptions>();
        foreach (var caller in configuration.GetSection(LimitsOptions.CallersSection).GetChildren())
        {
            if (!IsCaller(caller.Key, clients))
            {
                reader.Refuse(
                    caller.Path,
                    "it names no caller: neither the id of an API key (ten characters, as openentropy key list shows them) nor the subject of a client certificate that is listed, an IPv4 address, loopback or operator"
                );
            }

            var limits = options.Copy();
            reader.ReadInto(limits, caller);
            options.Callers[caller.Key] = limits;
        }

        return options;
    }

    // Keys of the configuration have no case, and ids are compared without it.
    private static bool IsCaller(string id, IReadOnlyList<ClientSubject> clients)
    {
        Span<char> lower = stackalloc char[ApiKeyText.IdLength];
        return (id.AsSpan().ToLowerInvariant(lower) == ApiKeyText.IdLength && ApiKeyText.IsId(lower))
            || id.Equals(Caller.Of(address: null).Id, StringComparison.OrdinalIgnoreCase)
            || id.Equals(OperatorKey.Id, StringComparison.OrdinalIgnoreCase)
            || clients.Any(client => id.Equals(client.Name, StringComparison.OrdinalIgnoreCase))
            || (IPAddress.TryParse(id, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == id);
    }
}
