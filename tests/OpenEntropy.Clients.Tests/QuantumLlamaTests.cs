using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OpenEntropy.Clients.Tests.Running;
using OpenEntropy.Server.Tests.Dialects;
using Xunit;

namespace OpenEntropy.Clients.Tests;

/// <summary>
/// Asks and reads as quantum-llama.cpp does, which neither Debian nor npm has: by TLS under the name that it has built in, for which a test authority
/// vouches, and on a new connection for each token.
/// </summary>
public sealed class QuantumLlamaTests : IAsyncLifetime
{
    private const string Name = "api.quantumnumbers.anu.edu.au";
    private const int Tokens = 20;

    private static readonly Uri s_address = new($"https://{Name}/?length=1024&size=10&type=hex16");

    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("openentropy-");
    private ServerProcess _server = null!;
    private int _connections;

    public async Task InitializeAsync()
    {
        TestAuthority.Write(_work.FullName, Name);
        _server = await ServerProcess.StartWithCertificateAsync(_work.FullName);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _work.Delete(recursive: true);
    }

    [Fact]
    public async Task Get_NewTlsConnectionForEachToken_Reads20480BytesEachTime()
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_work.FullName, "authority.pem"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var token = 1; token <= Tokens; token++)
        {
            using var client = Client(authority);
            using var answer = await AskAsync(client);
            var bytes = QuantumLlamaBody.Read(await answer.Content.ReadAsStringAsync());

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(1024 * 20, bytes.Length);
            Assert.True(seen.Add(Convert.ToHexString(bytes)));
            Assert.Equal(token, _connections);
        }
    }

    [Fact]
    public async Task Get_AuthorityNotTrusted_IsNotMade()
    {
        using var client = Client(authority: null);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client));

        Assert.IsType<AuthenticationException>(failure.InnerException);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, s_address);
        request.Headers.Add("x-api-key", "any key");
        request.Headers.ConnectionClose = true;
        return await client.SendAsync(request);
    }

    // The built-in name is loopback here, for this client alone.
    private HttpClient Client(X509Certificate2? authority)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = ConnectAsync };
        if (authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        return new HttpClient(handler);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Assert.Equal(Name, context.DnsEndPoint.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(_server.Https).Port, cancellation);
        Interlocked.Increment(ref _connections);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
