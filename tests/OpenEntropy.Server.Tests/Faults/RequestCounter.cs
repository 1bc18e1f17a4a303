using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>Counts requests as they pass the door of the pipeline.</summary>
internal sealed class RequestCounter : IStartupFilter
{
    private readonly ConcurrentDictionary<string, bool> _connections = new(StringComparer.Ordinal);
    private int _started;
    private int _ended;
    private long _lastEnded;

    /// <summary>Requests that came in.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>Requests that are under way.</summary>
    public int UnderWay => Started - Volatile.Read(ref _ended);

    /// <summary>Connections by which they came.</summary>
    public int Connections => _connections.Count;

    /// <summary>True when every handler has come to its end.</summary>
    public bool IsIdle => Volatile.Read(ref _ended) == Started;

    /// <summary>When the last handler came to its end, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public long LastEnded => Volatile.Read(ref _lastEnded);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(CountAsync);
            next(app);
        };

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        _connections.TryAdd(context.Connection.Id ?? "in process", value: true);
        Interlocked.Increment(ref _started);
        try
        {
            await next(context);
        }
        finally
        {
            Volatile.Write(ref _lastEnded, Stopwatch.GetTimestamp());
            Interlocked.Increment(ref _ended);
        }
    }
}
