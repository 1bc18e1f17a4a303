using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenEntropy.Http.Tests;

/// <summary>Says what it is told to say, whatever is asked, and closes the connection or leaves it open.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string[] _answers;
    private readonly bool _hangs;
    private readonly Task _run;
    private int _requests;

    /// <summary>A server.</summary>
    /// <param name="hangs">Whether it leaves the connection open after what it said.</param>
    /// <param name="answers">In Latin-1, one a request; the last for all others.</param>
    public HostileServer(bool hangs, params string[] answers)
    {
        (_hangs, _answers) = (hangs, answers);
        _listener.Start();
        _run = RunAsync();
    }

    /// <summary>The requests so far, their lines and headers.</summary>
    public List<string> Heads { get; } = [];

    /// <summary>Ends when a client has closed a connection that was left open.</summary>
    public Task Left => _left.Task;

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>A client of it.</summary>
    public OpenEntropyClient Client(OpenEntropyClientOptions? options = null, TimeProvider? time = null) =>
        new(new HttpClient { BaseAddress = Address }, options, time); // which lives as long as the process: there are few

    /// <summary>An answer of success.</summary>
    public static string Ok(string type, string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}";

    /// <summary>An answer of random bytes.</summary>
    public static string Bytes(string body, string quality = "drbg") =>
        Ok("application/octet-stream", body, $"OpenEntropy-Quality: {quality}\r\n");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run; // before the listener goes, which may be asked for the next connection just now
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadHeadAsync(stream) is not { } head)
                    return;
                int number;
                lock (Heads)
                {
                    Heads.Add(head);
                    number = _requests++;
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(_answers[Math.Min(number, _answers.Length - 1)]), _stop.Token);
                if (_hangs && await stream.ReadAsync(new byte[1], _stop.Token) == 0)
                    _left.TrySetResult();
            }
            catch (IOException)
            {
                _left.TrySetResult(); // reset: left as well
            }
            catch (OperationCanceledException)
            {
                // the end of the test
            }
        }
    }

    // With its body: what is left unread when a connection is closed resets it, and the answer might be lost with it.
    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var piece = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var count = await stream.ReadAsync(piece, _stop.Token);
            if (count == 0)
                return null;
            text.Append(Encoding.Latin1.GetString(piece, 0, count));
        }

        return text.ToString();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        const string Length = "\r\nContent-Length: ";
        var length = request.IndexOf(Length, 0, end, StringComparison.OrdinalIgnoreCase);
        var bytes = length < 0 ? 0 : int.Parse(request[(length + Length.Length)..].Split("\r\n")[0]);
        return request.Length - (end + 4) >= bytes;
    }
}
