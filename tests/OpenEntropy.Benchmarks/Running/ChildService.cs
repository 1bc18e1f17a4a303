using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>A web service in a process of its own on a free port of this machine; killed when disposed.</summary>
internal sealed class ChildService : IDisposable
{
    private const string Dotnet = "dotnet";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    private readonly StringBuilder _said = new();
    private readonly Process _process;
    private readonly long _started;

    private ChildService(int port, string program, IEnumerable<string> arguments)
    {
        Port = port;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _started = Stopwatch.GetTimestamp();
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new MeasurementException($"{program} does not start ({exception.Message}); is it installed?");
        }

        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The header that it is asked with; null: none.</summary>
    public string? Header { get; init; }

    private static string ThisProgram => Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Benchmarks.dll");

    /// <summary>Processor time it and its workers have used, user and system.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return Workers().Aggregate(_process.TotalProcessorTime, (sum, worker) => sum + TimeOf(worker));
        }
    }

    /// <summary>The service as it is shipped.</summary>
    public static ChildService StartServer() => StartServer(arguments: []);

    /// <summary>The service with further arguments.</summary>
    /// <param name="arguments">As on its command line.</param>
    public static ChildService StartServer(params string[] arguments)
    {
        var port = FreePort();
        return new ChildService(port, Dotnet, [PublishedServer.File, $"--port={port}", .. arguments]);
    }

    /// <summary>This program in another role.</summary>
    /// <param name="verb">The role; the port follows it on the command line.</param>
    public static ChildService StartVerb(string verb)
    {
        var port = FreePort();
        return new ChildService(port, Dotnet, [ThisProgram, verb, $"{port}"]);
    }

    /// <summary>This program in the role of the service.</summary>
    /// <param name="verb">The role.</param>
    /// <param name="arguments">As on the service's command line.</param>
    public static ChildService StartServing(string verb, params string[] arguments) => StartServing(verb, header: null, arguments);

    /// <summary>This program in the role of the service, asked with a header.</summary>
    /// <param name="verb">The role.</param>
    /// <param name="header">Its name, a colon, a blank and its value; null: none.</param>
    /// <param name="arguments">As on the service's command line.</param>
    public static ChildService StartServing(string verb, string? header, string[] arguments)
    {
        var port = FreePort();
        return new ChildService(port, Dotnet, [ThisProgram, verb, $"--port={port}", .. arguments]) { Header = header };
    }

    /// <summary>A program of somebody else that serves.</summary>
    /// <param name="program">The program.</param>
    /// <param name="port">Where it was told to listen.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="MeasurementException">It is not installed.</exception>
    public static ChildService StartProgram(string program, int port, params string[] arguments) => new(port, program, arguments);

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The address of a resource.</summary>
    /// <param name="path">Path and query.</param>
    public Uri Address(string path) => new($"http://127.0.0.1:{Port}{path}");

    /// <summary>A client that sends its header.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient();
        if (Header?.Split(": ") is [var name, var value])
        {
            client.DefaultRequestHeaders.Add(name, value);
        }

        return client;
    }

    /// <summary>Time since the start of the process.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_started);

    /// <summary>Asks every 5 ms until the answer is 200.</summary>
    /// <param name="path">What to ask for.</param>
    /// <returns>Time since the start of the process.</returns>
    /// <exception cref="MeasurementException">It ended, or did not answer within half a minute.</exception>
    public async Task<TimeSpan> WaitFor200Async(string path)
    {
        while (true)
        {
            if (Answers200(path))
            {
                return Stopwatch.GetElapsedTime(_started);
            }

            if (_process.HasExited || Stopwatch.GetElapsedTime(_started) > s_patience)
            {
                throw new MeasurementException($"the service gave no answer to {path}; it said: {_said}");
            }

            await Task.Delay(s_poll, TimeProvider.System);
        }
    }

    /// <summary>Memory in use, as the kernel counts it (VmRSS), bytes.</summary>
    public long ReadResidentBytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line["VmRSS:".Length..^"kB".Length], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static TimeSpan TimeOf(int worker)
    {
        using var process = Process.GetProcessById(worker);
        return process.TotalProcessorTime;
    }

    // The processes it started itself: nginx has one for each processor.
    private IEnumerable<int> Workers() =>
        File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    // A plain socket: the first answers are timed, and a client library would first have to warm up itself.
    private bool Answers200(string path)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)s_patience.TotalMilliseconds };
        try
        {
            socket.Connect(IPAddress.Loopback, Port);
            socket.Send(
                Encoding.ASCII.GetBytes(
                    $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{Header}{(Header is null ? "" : "\r\n")}\r\n"
                )
            );
            Span<byte> answer = stackalloc byte[64];
            var length = socket.Receive(answer);
            return answer[..length].StartsWith("HTTP/1.1 200"u8);
        }
        catch (SocketException)
        {
            return false; // it does not listen yet
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }
}
