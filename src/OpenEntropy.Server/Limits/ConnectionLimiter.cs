using System.Net;
using Microsoft.AspNetCore.Connections;
using OpenEntropy.Server.Proxies;
using OpenEntropy.Server.Security;
using IPNetwork = System.Net.IPNetwork;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// Closes connections of an address that has too many open, of IPv6 of its first 64 bits, before anything is read from them: whoever has no right to
/// anything may open connections, and each takes a descriptor. This machine and trusted proxies, who come for others, may have as many as there are.
/// Requests do not pass here.
/// </summary>
/// <param name="most">Connections that an address may have open at once.</param>
/// <param name="trusted">The proxies.</param>
/// <param name="counts">Counts those that are closed.</param>
internal sealed class ConnectionLimiter(int most, IReadOnlyList<IPNetwork> trusted, LimitCounts counts)
{
    private readonly Lock _lock = new(); // taken twice in a connection's life
    private readonly Dictionary<Caller, int> _open = [];

    /// <summary>Addresses that have connections open, but for those who may have any number.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Stands before what serves connections.</summary>
    /// <param name="next">What serves them.</param>
    public ConnectionDelegate Before(ConnectionDelegate next) =>
        connection =>
        {
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            var caller = Caller.Of(address);
            return caller.Kind == CallerKind.Local || TrustedProxies.IsOf(trusted, address) ? next(connection)
                : TryOpen(caller) ? ServeAsync(connection, next, caller)
                : Refuse();
        };

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, Caller caller)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            Close(caller);
        }
    }

    // The web server closes what nobody serves.
    private Task Refuse()
    {
        counts.Add(LimitKind.Connections);
        return Task.CompletedTask;
    }

    private bool TryOpen(Caller caller)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(caller);
            if (open >= most)
            {
                return false;
            }

            _open[caller] = open + 1;
            return true;
        }
    }

    private void Close(Caller caller)
    {
        lock (_lock)
        {
            var left = _open[caller] - 1;
            if (left > 0)
            {
                _open[caller] = left;
            }
            else
            {
                _open.Remove(caller);
            }
        }
    }
}
