using OpenEntropy.Server.Proxies;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Who may be sent secret keys in clear. Others need TLS or a passphrase, which is not the same: over plain HTTP the passphrase crosses the wire before
/// the keys that it encrypts, and whoever listens has both. Against a listener only https helps; the passphrase protects what is stored afterwards.
/// </summary>
internal static class SecretPolicy
{
    /// <summary>What is said to the others.</summary>
    public const string Refusal =
        "secret keys are sent in clear only over TLS or to this machine itself: ask by https, or give a passphrase, which encrypts them but over plain HTTP is itself there for anybody to read who listens";

    /// <summary>
    /// Whether the connection is by TLS or from this machine. One that has no address was made within the process or on a Unix socket. What says that a
    /// proxy passed it on is somebody else's, as everywhere: nobody knows how it came to the proxy, unless that is trusted to say (https).
    /// </summary>
    /// <param name="context">The request.</param>
    public static bool AllowsClear(HttpContext context) =>
        context.Request.IsHttps
        || (
            Peer.IsThisMachine(context.Connection.RemoteIpAddress)
            && context.Features.Get<ForwardedRequest>() is null
            && LoopbackRule.HeaderOfProxy(context.Request) is null
        );
}
