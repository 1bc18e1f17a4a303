using System.Net;
using System.Net.Sockets;

namespace OpenEntropy.Server.Security;

/// <summary>Who sent a request: what limits are counted for and what the audit log names. It holds no secret.</summary>
/// <param name="Kind">How it is known.</param>
/// <param name="Id">The key's id, the certificate's subject, or the address; of IPv6 its first 64 bits, since one host has all the rest.</param>
internal sealed record Caller(CallerKind Kind, string Id)
{
    private const int HostBytes = 8; // RFC 4291, 2.5.4: an interface identifier is 64 bits

    private static readonly Caller s_local = new(CallerKind.Local, "loopback");

    /// <summary>All clients together of proxies on this machine that are not trusted to tell them apart.</summary>
    public static Caller ByLocalProxy { get; } = new(CallerKind.Anonymous, "proxy on loopback");

    /// <summary>What it may do. Who presents nothing is let in to acts by <see cref="LoopbackRule"/> alone, request by request.</summary>
    public Scopes Scopes { get; init; } = Scopes.Reading;

    /// <summary>Who sent a request that presents nothing.</summary>
    /// <param name="address">Its client's address; null for a connection within the process or by a Unix socket.</param>
    public static Caller Of(IPAddress? address) =>
        Peer.IsThisMachine(address) ? s_local : new Caller(CallerKind.Anonymous, Network(address!));

    private static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(HostBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
