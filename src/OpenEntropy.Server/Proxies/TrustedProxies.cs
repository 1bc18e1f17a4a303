using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using OpenEntropy.Server.Security;
using IPNetwork = System.Net.IPNetwork;

namespace OpenEntropy.Server.Proxies;

/// <summary>
/// Takes from trusted proxies, and from nobody else, for whom they ask: limits, logs and rules then see the client's address and scheme. Who claims by a
/// proxy to be of this machine is not: such an address is replaced by one that is nobody's.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Stands for a client whose address a proxy does not tell, or tells as one of this machine.</summary>
    public static readonly IPAddress Nobody = IPAddress.Any;

    /// <summary>Puts this before everything that looks at addresses; where no proxy is trusted, nothing.</summary>
    /// <param name="app">The application.</param>
    /// <param name="options">The proxies.</param>
    public static void UseTrustedProxies(this IApplicationBuilder app, ProxyOptions options)
    {
        if (options.Networks() is not { Count: > 0 } networks)
        {
            return;
        }

        app.UseWhen(
            context => IsOf(networks, context.Connection.RemoteIpAddress) && LoopbackRule.HeaderOfProxy(context.Request) is not null,
            forwarded =>
            {
                forwarded.UseForwardedHeaders(Describe(options, networks));
                forwarded.Use(KeepForeign);
            }
        );
    }

    private static ForwardedHeadersOptions Describe(ProxyOptions options, IReadOnlyList<IPNetwork> networks)
    {
        var taken = new ForwardedHeadersOptions
        {
            ForwardedHeaders =
                ForwardedHeaders.XForwardedFor
                | ForwardedHeaders.XForwardedProto
                | (options.TakeHost ? ForwardedHeaders.XForwardedHost : ForwardedHeaders.None),
            ForwardLimit = options.Hops,
        };
        taken.KnownProxies.Clear();
        taken.KnownIPNetworks.Clear(); // the framework begins with loopback
        foreach (var network in networks)
        {
            taken.KnownIPNetworks.Add(network);
        }

        return taken;
    }

    private static Task KeepForeign(HttpContext context, RequestDelegate next)
    {
        context.Features.Set(ForwardedRequest.Mark);
        if (Peer.IsThisMachine(context.Connection.RemoteIpAddress))
        {
            context.Connection.RemoteIpAddress = Nobody;
        }

        return next(context);
    }

    /// <summary>Whether an address is in one of the networks. On a socket for both, one of IPv4 comes as one of IPv6.</summary>
    /// <param name="networks">The proxies'.</param>
    /// <param name="address">Whose; null for none.</param>
    internal static bool IsOf(IReadOnlyList<IPNetwork> networks, IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address is not null && networks.Any(network => network.Contains(address));
    }
}
