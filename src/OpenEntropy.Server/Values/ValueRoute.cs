using Microsoft.Extensions.Options;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Values;

/// <summary>Answers the route of one kind of values.</summary>
/// <param name="services">The application's, asked once at the first request.</param>
/// <param name="kind">The kind.</param>
internal sealed class ValueRoute(IServiceProvider services, ValueKind kind)
{
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    private readonly ValueField[] _fields = ValueFields.Of(kind, withItems: true);
    private readonly ValueField[] _fieldsWithBody = ValueFields.Of(kind, withItems: false);
    private EntropyPool? _pool;
    private ServedBytes? _served;
    private RandomnessOptions? _options;
    private TimeProvider? _time;
    private AnswerMemory? _memory;
    private BlockShares? _shares;

    private EntropyPool Pool => _pool ??= services.GetRequiredService<EntropyPool>();

    private RandomnessOptions Options => _options ??= services.GetRequiredService<IOptions<RandomnessOptions>>().Value;

    private ServedBytes Served => _served ??= services.GetRequiredService<ServedBytes>();

    private TimeProvider Time => _time ??= services.GetRequiredService<TimeProvider>();

    private BlockShares Shares => _shares ??= services.GetRequiredService<BlockShares>();

    private AnswerMemory Memory => _memory ??= services.GetRequiredService<AnswerMemory>();

    /// <summary>Answers a request whose parameters are all in the query.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public Task HandleAsync(HttpContext context) => AnswerAsync(context, body: null);

    /// <summary>Answers a request whose items are its body.</summary>
    /// <param name="context">A POST request.</param>
    public async Task HandlePostAsync(HttpContext context)
    {
        var (items, error) = await ItemList.ReadBodyAsync(context.Request);
        await (error is null ? AnswerAsync(context, items) : RefuseAsync(context, error));
    }

    private Task AnswerAsync(HttpContext context, IReadOnlyList<string>? body) =>
        Read(context.Request, body, out var request, out var plan) is { } error ? RefuseAsync(context, error)
        : TakesBlocks(request!) && context.WhyNotCostly() is { } foreign ? foreign.WriteAsync(context)
        : HttpMethods.IsHead(context.Request.Method) ? AnswerHeadAsync(context, request!, plan!)
        : Memory.TryHold(context.Caller(), MostHeld(plan!), out var held, out var refusal)
            ? SendAsync(context, MakeAsync(context, request!, plan!, held))
        : RefuseAsync(context, refusal, AnswerMemory.RetryAfter);

    private RequestError? Read(HttpRequest http, IReadOnlyList<string>? body, out ValueRequest? request, out ValuePlan? plan)
    {
        (request, plan) = (null, null);
        return GivenValues.Read(http.QueryString.Value, body is null ? _fields : _fieldsWithBody, body, out var given)
            ?? ValueRequest.Read(given, http.Headers.Accept.ToString(), Options, Time.GetUtcNow(), out request)
            ?? kind.Plan(request!, out plan)
            ?? ValueRules.FindError(request!, plan!, Options, Pool);
    }

    // The array of the bytes is as large as the pool makes it.
    private static long MostHeld(ValuePlan plan) =>
        PooledBytes.RentedLength(plan.Need.Generous) + ValueText.HeldFor(((long)plan.Count * plan.LongestText) + ValueBody.End.Length);

    private static bool TakesBlocks(ValueRequest request) => request.Fresh || request.Conditioning == PoolOutput.Limited;

    private ValueDraw DrawFor(HttpContext context, ValueRequest request, OutputQuota? quota)
    {
        var blocks = TakesBlocks(request) ? Shares.For(context) : null;
        return new ValueDraw(Pool, request, Served.As(ServedType.Values, context), Time, context.RequestAborted, blocks, quota);
    }

    // Consumes nothing, and so does not know the length.
    private async Task AnswerHeadAsync(HttpContext context, ValueRequest request, ValuePlan plan)
    {
        using var draw = DrawFor(context, request, quota: null);
        if (OutputQuota.Of(context)?.FindRefusal(draw.FirstLength(plan)) is { } limit)
        {
            await services.GetRequiredService<LimitAnswer>().WriteAsync(context, limit);
            return;
        }

        if (await draw.FindRefusalAsync(plan) is { } refusal)
        {
            await ErrorBody.WriteAsync(context, refusal);
            return;
        }

        ValueBody.WriteHeaders(context.Response, request);
    }

    /// <summary>Draws the bytes and makes the values.</summary>
    /// <returns>Null where the request was refused.</returns>
    private async Task<MadeValues?> MakeAsync(HttpContext context, ValueRequest request, ValuePlan plan, HeldMemory held)
    {
        using var quota = OutputQuota.Of(context);
        using var draw = DrawFor(context, request, quota);
        var text = new ValueText(request.Lines);
        var made = false;
        try
        {
            if (quota?.TryTake(draw.FirstLength(plan)) is { } limit)
            {
                await services.GetRequiredService<LimitAnswer>().WriteAsync(context, limit);
                return null;
            }

            if (await draw.RunAsync(plan, text) is { } refusal)
            {
                await ErrorBody.WriteAsync(context, refusal);
                return null;
            }

            ValueBody.WriteHeaders(context.Response, request);
            made = true;
            return ValueBody.Finish(kind, request, plan, text, request.Proof ? draw.Take() : ([], 0), held);
        }
        finally
        {
            if (!made)
            {
                text.Dispose();
                held.Dispose();
            }
        }
    }

    // Takes the making alone, so that plan, request and items are garbage while a client reads.
    private static async Task SendAsync(HttpContext context, Task<MadeValues?> making)
    {
        try
        {
            using var made = await making;
            if (made is not null)
            {
                await ValueBody.WriteAsync(context.Response, made);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // the client hung up: nobody is left to answer
        }
    }

    private static Task RefuseAsync(HttpContext context, string message, TimeSpan retryAfter) =>
        ErrorBody.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, message, retryAfter: retryAfter);

    // What a right request meets passes: here a clock that is yet to be set.
    private static Task RefuseAsync(HttpContext context, RequestError error) =>
        ErrorBody.WriteAsync(
            context,
            error.Status,
            error.Message,
            error.Field,
            error.Status == StatusCodes.Status503ServiceUnavailable ? s_later : null
        );
}
