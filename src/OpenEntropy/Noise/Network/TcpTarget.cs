using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpenEntropy.Noise.Network;

/// <summary>A remote TCP end point as an operator writes it.</summary>
/// <param name="Host">A name, or an IPv4 or IPv6 address without brackets.</param>
/// <param name="Port">1 to 65,535.</param>
internal sealed record TcpTarget(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>; an IPv6 address stands in brackets.</summary>
    /// <param name="key">The configuration key the text comes from.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="EntropyConfigurationException">The text is something else; the message names the key.</exception>
    public static TcpTarget Parse(string key, string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            throw new EntropyConfigurationException(key, $"\"{text}\" has no port; write host:port");
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            throw new EntropyConfigurationException(key, $"\"{text}\" has no port from 1 to 65535 after its last colon");

        var host = text[..colon];
        var bracketed = host is ['[', .., ']'];
        var kind = Uri.CheckHostName(bracketed ? host[1..^1] : host);
        var known = bracketed ? kind == UriHostNameType.IPv6 : kind is UriHostNameType.Dns or UriHostNameType.IPv4;
        return known
            ? new TcpTarget(bracketed ? host[1..^1] : host, port)
            : throw new EntropyConfigurationException(
                key,
                $"\"{text}\" names no host; write name:port, 192.0.2.1:port or [2001:db8::1]:port"
            );
    }

    /// <summary>The end point, with the first address a name has.</summary>
    /// <param name="timeOut">How long a name server may take.</param>
    /// <exception cref="NoiseSourceException">The name has no address, or no answer came in time.</exception>
    public IPEndPoint Resolve(TimeSpan timeOut)
    {
        if (IPAddress.TryParse(Host, out var address))
            return new IPEndPoint(address, Port);
        try
        {
            using var deadline = new CancellationTokenSource(timeOut);
            return new IPEndPoint(Dns.GetHostAddressesAsync(Host, deadline.Token).GetAwaiter().GetResult()[0], Port);
        }
        catch (Exception cause) when (cause is SocketException or OperationCanceledException)
        {
            throw new NoiseSourceException($"{Host} has no address: {cause.Message}", cause);
        }
    }
}
