using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>A proxy before the service, on a port of its own that stays while services come and go.</summary>
internal sealed class ReverseProxy : IAsyncDisposable
{
    private static readonly string[] s_ofTheConnection = ["Connection", "Host", "Keep-Alive", "Transfer-Encoding", "Upgrade"];

    private readonly WebApplication _app;
    private readonly string _prefix;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan, // a stream has no end
    };

    private ReverseProxy(string prefix)
    {
        _prefix = prefix;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    /// <summary>The service behind it; null: it is gone.</summary>
    public Uri? Service { get; set; }

    /// <summary>What a request is answered where the service is gone; null: the connection is broken off.</summary>
    public int? StatusWhenGone { get; init; }

    /// <summary>The key that it demands of who asks for more than the page's files; null: none.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it says for whom it asks, as most do.</summary>
    public bool SaysForWhom { get; init; } = true;

    /// <summary>The page's address.</summary>
    public Uri Address => new(_app.Urls.Single() + _prefix + "/");

    /// <summary>Starts it.</summary>
    /// <param name="service">The service behind it.</param>
    /// <param name="prefix">The path below which the service is, with a slash before it; empty: the root.</param>
    /// <param name="statusWhenGone">See <see cref="StatusWhenGone"/>.</param>
    /// <param name="saysForWhom">See <see cref="SaysForWhom"/>.</param>
    /// <param name="key">See <see cref="Key"/>.</param>
    public static async Task<ReverseProxy> StartAsync(
        Uri service,
        string prefix = "",
        int? statusWhenGone = null,
        bool saysForWhom = true,
        string? key = null
    )
    {
        var proxy = new ReverseProxy(prefix)
        {
            Service = service,
            StatusWhenGone = statusWhenGone,
            SaysForWhom = saysForWhom,
            Key = key,
        };
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(_prefix, StringComparison.Ordinal, out var path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (Key is not null && !IsOfThePage(path) && context.Request.Headers["x-api-key"] != Key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"success":false,"message":"a key with the scope is missing"}""", context.RequestAborted);
            return;
        }

        try
        {
            if (Service is not { } service)
            {
                BreakOff(context);
                return;
            }

            using var request = Request(context, new Uri(service, path.ToUriComponent() + context.Request.QueryString));
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            await PassOnAsync(answer, context);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            BreakOff(context); // the service went away, or who asked did
        }
    }

    private static bool IsOfThePage(PathString path) => path == "/" || path.StartsWithSegments("/page", StringComparison.Ordinal);

    private HttpRequestMessage Request(HttpContext context, Uri address)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address);
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers)
        {
            if (!s_ofTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                _ =
                    request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)
                    || request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values) == true;
            }
        }

        request.Headers.Host = context.Request.Host.Value; // who acts is held to the name the browser knows
        if (SaysForWhom)
        {
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        }

        return request;
    }

    private static async Task PassOnAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!s_ofTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers.Append(name, values.ToArray());
            }
        }

        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16384];
        for (int read; (read = await body.ReadAsync(buffer, context.RequestAborted)) > 0; )
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted); // an event is worth nothing later
        }
    }

    private void BreakOff(HttpContext context)
    {
        if (StatusWhenGone is { } status && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = status;
            return;
        }

        context.Abort();
    }
}
