using System.Net;

namespace OpenEntropy.Server.Security;

/// <summary>Who is at the other end of a connection. What a proxy says of its own clients is not looked at.</summary>
internal static class Peer
{
    /// <summary>Whether it is this machine itself. A connection that has no address was made within the process or on a Unix socket.</summary>
    /// <param name="address">The address; null for none.</param>
    public static bool IsThisMachine(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address) || (address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address.MapToIPv4()));
}
