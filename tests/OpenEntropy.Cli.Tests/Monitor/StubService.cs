using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenEntropy.Cli.Monitor.Feeds;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>Answers HTTP requests, one for each connection, with what a test says, and remembers what was asked.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, (int Status, byte[] Body)?> _answer;
    private readonly Task _run;

    /// <param name="answer">Status and body for a request line without its version; null: none at all, the connection stays open.</param>
    public StubService(Func<string, (int Status, byte[] Body)?> answer)
    {
        _answer = answer;
        _listener.Start();
        _run = RunAsync();
    }

    /// <summary>What an answer begins with.</summary>
    public string Protocol { get; init; } = "HTTP/1.1";

    public List<string> Asked { get; } = [];

    /// <summary>Requests with an Authorization, and that header.</summary>
    public List<string> Authorized { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>A feed of this service that waits so long for an answer.</summary>
    public RemoteFeed Feed(
        string path = "",
        string? selection = null,
        TimeSpan? patience = null,
        string? operatorKey = null,
        string? apiKey = null
    ) => new(new Uri(Address, path), selection, patience ?? TimeSpan.FromSeconds(60), operatorKey, apiKey);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _run;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var open = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                open.Add(client);
                await AnswerAsync(client);
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException
                || (exception is InvalidOperationException && _end.IsCancellationRequested)
            )
        {
            // The test is over; a listener that is disposed between two clients says that it never listened.
        }
        finally
        {
            open.ForEach(client => client.Dispose());
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        if (await reader.ReadLineAsync(_end.Token) is not { } line)
            return; // the client went before it asked
        var request = line.Replace(" HTTP/1.1", "", StringComparison.Ordinal);
        while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
        {
            if (header.StartsWith("Authorization: ", StringComparison.Ordinal))
                Authorized.Add($"{request}: {header}");
        }

        Asked.Add(request);
        if (_answer(request) is not var (status, body))
            return;
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"{Protocol} {status} X\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"),
            _end.Token
        );
        await stream.WriteAsync(body, _end.Token);
        client.Dispose();
    }
}
