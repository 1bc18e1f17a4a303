using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpenEntropy.Noise.Network;

/// <summary>A name server as an operator writes it: an address, never a name, which would have to be looked up to look up names.</summary>
internal static class DnsResolver
{
    private const int DefaultPort = 53;

    /// <summary>Reads <c>address</c> or <c>address:port</c>; with a port, an IPv6 address stands in brackets.</summary>
    /// <param name="key">The configuration key the text comes from.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="EntropyConfigurationException">The text is something else; the message names the key.</exception>
    public static IPEndPoint Parse(string key, string text)
    {
        if (TryAddress(text) is { } bare)
            return new IPEndPoint(bare, DefaultPort);

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var address = host is ['[', .., ']']
            ? TryAddress(host[1..^1], AddressFamily.InterNetworkV6)
            : TryAddress(host, AddressFamily.InterNetwork);
        if (address is null)
            throw new EntropyConfigurationException(
                key,
                $"\"{text}\" is no address of one name server; write 192.0.2.53, 192.0.2.53:53, 2001:db8::53 or [2001:db8::53]:53"
            );
        return
            int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? new IPEndPoint(address, port)
            : throw new EntropyConfigurationException(key, $"\"{text}\" has no port from 1 to 65535 after its last colon");
    }

    private static IPAddress? TryAddress(string text, AddressFamily? family = null)
    {
        // The framework also reads "1" and "0x7f.1" as addresses: an IPv4 address must be its own canonical form.
        if (!IPAddress.TryParse(text, out var address) || (family ?? address.AddressFamily) != address.AddressFamily)
            return null;
        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text)
            return null;
        if (text.StartsWith('['))
            return null;
        return IsOneHost(address) ? address : null;
    }

    /// <summary>Not "any", not a broadcast, not a group.</summary>
    private static bool IsOneHost(IPAddress address) =>
        !address.Equals(IPAddress.Any)
        && !address.Equals(IPAddress.IPv6Any)
        && !address.IsIPv6Multicast
        && (address.AddressFamily != AddressFamily.InterNetwork || address.GetAddressBytes()[0] < 224);
}
