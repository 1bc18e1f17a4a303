using Microsoft.Extensions.Options;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Receipts;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Randomness;

/// <summary>Answers <c>/api/v1/random</c>.</summary>
/// <param name="services">
/// The application's, asked once at the first request: a scope for each request would cost more than the bytes do.
/// </param>
internal sealed class RandomRoute(IServiceProvider services)
{
    private AnswerMemory? _memory;
    private EntropyPool? _pool;
    private ServedBytes? _served;
    private RandomnessOptions? _options;
    private TimeProvider? _time;
    private ReceiptRoute? _receipts;
    private BlockShares? _shares;
    private IHostApplicationLifetime? _lifetime;

    private AnswerMemory Memory => _memory ??= services.GetRequiredService<AnswerMemory>();

    private EntropyPool Pool => _pool ??= services.GetRequiredService<EntropyPool>();

    private RandomnessOptions Options => _options ??= services.GetRequiredService<IOptions<RandomnessOptions>>().Value;

    private ServedBytes Served => _served ??= services.GetRequiredService<ServedBytes>();

    private TimeProvider Time => _time ??= services.GetRequiredService<TimeProvider>();

    private CancellationToken Stopping => (_lifetime ??= services.GetRequiredService<IHostApplicationLifetime>()).ApplicationStopping;

    private BlockShares Shares => _shares ??= services.GetRequiredService<BlockShares>();

    private ReceiptRoute Receipts => _receipts ??= services.GetRequiredService<ReceiptRoute>();

    /// <summary>
    /// Reads the request and answers it, with bytes or with the reason why there are none. Routing does not tell a path from the same with a
    /// slash at its end, which is that of the newer ANU API.
    /// </summary>
    /// <param name="context">A GET or HEAD request.</param>
    public Task HandleAsync(HttpContext context) =>
        HandleAsync(context, context.Request.Path.Value is [.., '/'] ? AnswerShape.Anu : AnswerShape.Service);

    /// <summary>The same in a shape.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    /// <param name="shape">Whose parameters are read and whose object is answered.</param>
    public Task HandleAsync(HttpContext context, AnswerShape shape)
    {
        var http = context.Request;
        if (
            !RandomRequest.TryParse(http.QueryString.Value, http.Headers.Accept.ToString(), Options, out var request, out var error, shape)
            || (error = FindPoolError(in request, out var members)) is not null
        )
        {
            return ErrorBody.WriteAsync(context, error!.Status, error.Message, error.Field);
        }

        var takesBlocks = request.Fresh || request.Conditioning == PoolOutput.Limited;
        var isCostly = takesBlocks || request.ReadsRaw || request.Receipt || request.LastsLong;
        var refusal = context.WhyNot(request.ReadsRaw ? Scopes.Raw : Scopes.Random) ?? (isCostly ? context.WhyNotCostly() : null);
        if (refusal is not null)
        {
            return refusal.WriteAsync(context);
        }

        var quota = OutputQuota.Of(context);
        var blocks = takesBlocks ? Shares.For(context) : null;
        var draw = new RandomDraw(
            Pool,
            request,
            members,
            Served.As(request.ServedAs, context),
            Time,
            context.RequestAborted,
            blocks,
            quota
        );
        return quota is null ? HoldAsync(context, in request, draw) : AnswerWithinAsync(quota, context, request, draw);
    }

    // What does not fit is refused before anything is drawn.
    private async Task AnswerWithinAsync(OutputQuota quota, HttpContext context, RandomRequest request, RandomDraw draw)
    {
        using (quota)
        {
            var isHead = HttpMethods.IsHead(context.Request.Method);
            var refusal = isHead ? quota.FindRefusal(request.TotalBytes) : quota.TryTake(request.TotalBytes);
            refusal ??= !isHead && request.LastsLong ? quota.TryOpenStream() : null;
            await (
                refusal is null
                    ? HoldAsync(context, in request, draw)
                    : services.GetRequiredService<LimitAnswer>().WriteAsync(context, refusal)
            );
        }
    }

    private Task HoldAsync(HttpContext context, in RandomRequest request, RandomDraw draw)
    {
        var held = ElementSlices.HeldFor(in request);
        return held > AnswerMemory.Free && !HttpMethods.IsHead(context.Request.Method)
            ? HoldAsync(context, request, draw, held)
            : ChooseAsync(context, request, draw);
    }

    private Task ChooseAsync(HttpContext context, in RandomRequest request, RandomDraw draw) =>
        request.Receipt ? Receipts.HandleAsync(context, request, draw)
        : HttpMethods.IsHead(context.Request.Method) ? AnswerHeadAsync(context, request, draw)
        : AnswerAsync(context, request, draw);

    private async Task HoldAsync(HttpContext context, RandomRequest request, RandomDraw draw, long bytes)
    {
        if (!Memory.TryHold(context.Caller(), bytes, out var held, out var refusal))
        {
            await ErrorBody.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, refusal, retryAfter: AnswerMemory.RetryAfter);
            return;
        }

        using (held)
        {
            await ChooseAsync(context, in request, draw);
        }
    }

    private RequestError? FindPoolError(in RandomRequest request, out IReadOnlyList<string> members)
    {
        members = [];
        if (request.Conditioning == PoolOutput.Limited || request.Fresh)
        {
            return RandomRules.FindExcess(in request, Pool.MaximumLimitedBytes, Pool.MaximumFreshBytes);
        }

        return request.ReadsRaw && !Pool.TrySelectRaw(request.Source, out members, out var problem)
            ? new RequestError(400, "source", problem ?? "source must name a noise source")
            : null;
    }

    // Consumes nothing: the length is left out where it depends on the values.
    private static async Task AnswerHeadAsync(HttpContext context, RandomRequest request, RandomDraw draw)
    {
        if (await draw.FindRefusalAsync(request.TotalBytes) is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        var origin = draw.FindOrigin();
        RandomHeaders.Write(context.Response, in request, origin);
        context.Response.ContentLength = request.CountsBytes ? ByteBody.LengthOf(in request) : ElementBody.FindLength(in request, origin);
    }

    private async Task AnswerAsync(HttpContext context, RandomRequest request, RandomDraw draw)
    {
        try
        {
            var answer =
                !request.CountsBytes ? ElementBody.WriteAsync(context.Response, request, draw)
                : request.Rate == 0 ? new ByteBody(context.Response, request, draw, pace: null, context.RequestAborted).WriteAsync()
                : WritePacedAsync(context, request, draw);
            if (await answer is { } refusal)
            {
                await RefuseAsync(context, refusal);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up: nobody is left to answer, and it is no fault of ours to log.
            context.Abort();
        }
    }

    /// <summary>A body that would hold up a stop for as long as its client wants is broken off by it, whether it waits for its pace or for the pool.</summary>
    private async ValueTask<EntropyRefusal?> WritePacedAsync(HttpContext context, RandomRequest request, RandomDraw draw)
    {
        await using var end = new BodyEnd(context, Time, Stopping);
        var pace = ByteBody.FindPace(in request, Time);
        try
        {
            return await new ByteBody(context.Response, request, draw.EndedBy(end.Token), pace, end.Token).WriteAsync();
        }
        catch (OperationCanceledException) when (end.IsStopping && !context.RequestAborted.IsCancellationRequested)
        {
            return end.FindRefusal();
        }
    }

    private static Task RefuseAsync(HttpContext context, EntropyRefusal refusal) => ErrorBody.WriteAsync(context, refusal);
}
