using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>Kestrel's sockets, whose connections come from the address that a test says.</summary>
/// <param name="sockets">The sockets.</param>
internal sealed class AddressedTransport(SocketTransportFactory sockets) : IConnectionListenerFactory
{
    /// <summary>Where the next connection comes from.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken), this);

    private sealed class Listener(IConnectionListener listener, AddressedTransport transport) : IConnectionListener
    {
        public EndPoint EndPoint => listener.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            var connection = await listener.AcceptAsync(cancellationToken);
            connection?.RemoteEndPoint = new IPEndPoint(transport.Address, ((IPEndPoint)connection.RemoteEndPoint!).Port);
            return connection;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => listener.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
