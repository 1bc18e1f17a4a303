using Microsoft.Extensions.Options;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Streaming;

/// <summary>Answers <c>/api/v1/stream</c>.</summary>
/// <param name="services">The application's, asked once at the first request.</param>
internal sealed class StreamRoute(IServiceProvider services)
{
    private EntropyPool? _pool;
    private ServedBytes? _served;
    private RandomnessOptions? _options;
    private TimeProvider? _time;
    private IHostApplicationLifetime? _lifetime;
    private BlockShares? _shares;

    private EntropyPool Pool => _pool ??= services.GetRequiredService<EntropyPool>();

    private BlockShares Shares => _shares ??= services.GetRequiredService<BlockShares>();

    private RandomnessOptions Options => _options ??= services.GetRequiredService<IOptions<RandomnessOptions>>().Value;

    private ServedBytes Served => _served ??= services.GetRequiredService<ServedBytes>();

    private TimeProvider Time => _time ??= services.GetRequiredService<TimeProvider>();

    private CancellationToken Stopping => (_lifetime ??= services.GetRequiredService<IHostApplicationLifetime>()).ApplicationStopping;

    /// <summary>Reads the request and answers it, with bytes or with the reason why there are none.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public Task HandleAsync(HttpContext context)
    {
        var http = context.Request;
        if (!StreamRequest.TryParse(http.QueryString.Value, http.Headers.Accept.ToString(), Options, out var request, out var error))
        {
            return ErrorBody.WriteAsync(context, error!.Status, error.Message, error.Field);
        }

        if ((context.WhyNot(request.Output.ReadsRaw ? Scopes.Raw : Scopes.Random) ?? context.WhyNotCostly()) is { } refused)
        {
            return refused.WriteAsync(context);
        }

        IReadOnlyList<string> members = [];
        if (request.Output.ReadsRaw && !Pool.TrySelectRaw(request.Output.Source, out members, out var problem))
        {
            return ErrorBody.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                problem ?? "source must name a noise source",
                field: "source"
            );
        }

        return HttpMethods.IsHead(http.Method) ? AnswerHeadAsync(context, request, members) : AnswerWithinAsync(context, request, members);
    }

    private CallersBlocks? BlocksFor(HttpContext context, in StreamRequest request) =>
        request.Output.Conditioning == PoolOutput.Limited ? Shares.For(context) : null;

    // A promised length is taken whole, so that it can be kept; of an endless stream each draw by itself.
    private async Task AnswerWithinAsync(HttpContext context, StreamRequest request, IReadOnlyList<string> members)
    {
        using var quota = OutputQuota.Of(context);
        var refusal = request.IsEndless ? quota?.FindRefusal(1) : quota?.TryTake(request.Output.Length);
        await (
            refusal is null
                ? AnswerAsync(context, request, members, quota)
                : services.GetRequiredService<LimitAnswer>().WriteAsync(context, refusal)
        );
    }

    // Consumes nothing.
    private async Task AnswerHeadAsync(HttpContext context, StreamRequest request, IReadOnlyList<string> members)
    {
        var draw = new RandomDraw(
            Pool,
            request.Output,
            members,
            Served.As(ServedType.Stream, context),
            Time,
            context.RequestAborted,
            BlocksFor(context, in request)
        );
        if (OutputQuota.Of(context)?.FindRefusal(request.IsEndless ? 1 : request.Output.Length) is { } limit)
        {
            await services.GetRequiredService<LimitAnswer>().WriteAsync(context, limit);
            return;
        }

        if (await draw.FindRefusalAsync(bytes: 1) is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        StreamHeaders.Write(context.Response, in request, draw.FindOrigin());
    }

    private async Task AnswerAsync(HttpContext context, StreamRequest request, IReadOnlyList<string> members, OutputQuota? quota)
    {
        await using var end = new BodyEnd(context, Time, Stopping);
        var draw = new RandomDraw(
            Pool,
            request.Output,
            members,
            Served.As(ServedType.Stream, context),
            Time,
            end.Token,
            BlocksFor(context, in request),
            quota
        );
        var pace = request.Output.Rate == 0 ? null : new RatePace(request.Output.Rate, request.Unit, Time);
        var body = new StreamBody(context.Response, request, draw, pace, end, request.IsEndless ? quota : null);
        try
        {
            if (await body.WriteAsync() is { } refusal)
            {
                await RefuseAsync(context, refusal);
                return;
            }
        }
        catch (OperationCanceledException) when (end.Token.IsCancellationRequested)
        {
            // The client hung up, or the service stops: neither is a fault to log.
        }

        if (body.IsAtLimit)
        {
            await services.GetRequiredService<LimitAnswer>().EndAsync(context, quota!.RefuseMore(request.Unit));
            return;
        }

        if (!body.IsComplete && end.Token.IsCancellationRequested)
        {
            await BreakOffAsync(context, request, end);
        }
    }

    /// <summary>An endless stream ends well when the service stops; one of a promised length is broken off.</summary>
    private static Task BreakOffAsync(HttpContext context, StreamRequest request, BodyEnd end)
    {
        if (!end.IsStopping)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return request.IsEndless && context.Response.HasStarted ? Task.CompletedTask : RefuseAsync(context, end.FindRefusal());
    }

    private static Task RefuseAsync(HttpContext context, EntropyRefusal refusal) => ErrorBody.WriteAsync(context, refusal);
}
