using System.Net;

namespace OpenEntropy.Server.Bundles;

/// <summary>Who may be sent secret keys in clear.</summary>
internal static class SecretPolicy
{
    /// <summary>What is said to the others.</summary>
    public const string Refusal =
        "secret keys are sent in clear only over TLS or to this machine itself: give a passphrase, which encrypts them, or ask by https";

    /// <summary>
    /// Whether the connection is by TLS or from this machine. One that has no address was made within the process or on a Unix socket. What a proxy says
    /// of its own clients is not looked at: one on this machine that takes plain HTTP from others sends them what it gets.
    /// </summary>
    /// <param name="context">The request.</param>
    public static bool AllowsClear(HttpContext context) => context.Request.IsHttps || IsOwn(context.Connection.RemoteIpAddress);

    private static bool IsOwn(IPAddress? peer) =>
        peer is null || IPAddress.IsLoopback(peer) || (peer.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(peer.MapToIPv4()));
}
