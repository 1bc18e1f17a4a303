using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Dashboard;

/// <summary>Answers <c>/events</c>: events until the client closes the connection or the service stops.</summary>
/// <param name="hub">The events.</param>
/// <param name="feed">Knows since when it runs.</param>
/// <param name="options">Whether raw samples are served.</param>
/// <param name="lifetime">When the service stops.</param>
/// <param name="time">The clock.</param>
internal sealed class EventRoute(
    EventHub hub,
    StatusFeed feed,
    IOptions<RandomnessOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time
) : IResult
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>What those are told that are too many.</summary>
    public static readonly string Full = string.Create(
        CultureInfo.InvariantCulture,
        $"as many watch as may, {EventHub.MostViewers}: close another page, or ask again later"
    );

    private const int RetryMilliseconds = 2000;

    // What a viewer that does not read keeps in the kernel as well; otherwise that grows to megabytes.
    private const int SendBufferBytes = 65_536;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(10);

    private static readonly string? s_version = typeof(EntropyPool).Assembly.GetName().Version?.ToString(3);

    private static readonly AlgorithmsBody s_algorithms = new(NamesOf(BundleAlgorithm.Kem), NamesOf(BundleAlgorithm.Signature));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            await (hub.Viewers < EventHub.MostViewers ? AnswerHeadAsync(httpContext.Response) : RefuseAsync(httpContext));
            return;
        }

        await using var end = new BodyEnd(httpContext, time, lifetime.ApplicationStopping);
        if (end.IsStopping)
        {
            await ErrorBody.WriteAsync(httpContext, end.FindRefusal());
            return;
        }

        if (hub.TryJoin(Hello(httpContext), httpContext.Abort) is not { } viewer)
        {
            await RefuseAsync(httpContext);
            return;
        }

        try
        {
            await StartAsync(httpContext);
            await viewer.SendAsync(httpContext.Response, end.Token);
        }
        catch (OperationCanceledException) when (end.Token.IsCancellationRequested)
        {
            // The client went away or was dropped, or the service stops: neither is a fault to log.
        }
        finally
        {
            hub.Leave(viewer);
        }
    }

    private static async Task StartAsync(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && context.Features.Get<IConnectionSocketFeature>() is { Socket: { } socket })
        {
            TryBound(socket);
        }

        SetHeaders(context.Response);
        await context.Response.StartAsync(context.RequestAborted);
    }

    private static void TryBound(Socket socket)
    {
        try
        {
            socket.SendBufferSize = SendBufferBytes;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client is gone already, and its request does not know it yet.
        }
    }

    private static void SetHeaders(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers["X-Accel-Buffering"] = "no"; // nginx passes on each event as it comes
    }

    private static Task AnswerHeadAsync(HttpResponse response)
    {
        SetHeaders(response);
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context) =>
        ErrorBody.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, Full, retryAfter: s_retryAfter);

    private static string[] NamesOf(string kind) => [.. BundleAlgorithm.All.Where(each => each.Kind == kind).Select(each => each.Name)];

    private EventText Hello(HttpContext context)
    {
        var latest = feed.Read().Latest;
        var now = time.GetUtcNow();
        var access = context.RequestServices.GetRequiredService<Access>();
        var refusal = access.WhyNot(context, Scopes.Operate) ?? access.WhyNot(context, Scopes.Mint);
        var hello = new HelloBody(
            s_version ?? "",
            now - time.GetElapsedTime(latest.Taken) - latest.Status.Uptime,
            now,
            options.Value.AllowRaw,
            refusal is null,
            refusal,
            access.Mode != AccessMode.Anonymous,
            s_algorithms
        );
        return new EventText().Retry(RetryMilliseconds).Add("hello", hello, DashboardJson.Default.HelloBody);
    }
}
