using Microsoft.Extensions.Options;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

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
    private RandomnessOptions? _options;
    private TimeProvider? _time;

    private EntropyPool Pool => _pool ??= services.GetRequiredService<EntropyPool>();

    private RandomnessOptions Options => _options ??= services.GetRequiredService<IOptions<RandomnessOptions>>().Value;

    private TimeProvider Time => _time ??= services.GetRequiredService<TimeProvider>();

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

    private async Task AnswerAsync(HttpContext context, IReadOnlyList<string>? body)
    {
        if (Read(context.Request, body, out var request, out var plan) is { } error)
        {
            await RefuseAsync(context, error);
            return;
        }

        using var draw = new ValueDraw(Pool, request!, Time, context.RequestAborted);
        try
        {
            var refusal = HttpMethods.IsHead(context.Request.Method)
                ? await AnswerHeadAsync(context, request!, plan!, draw)
                : await AnswerValuesAsync(context, request!, plan!, draw);
            if (refusal is not null)
            {
                await ErrorBody.WriteAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    refusal.Message,
                    retryAfter: refusal.RetryAfter
                );
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // the client hung up: nobody is left to answer
        }
    }

    private RequestError? Read(HttpRequest http, IReadOnlyList<string>? body, out ValueRequest? request, out ValuePlan? plan)
    {
        (request, plan) = (null, null);
        return GivenValues.Read(http.QueryString.Value, body is null ? _fields : _fieldsWithBody, body, out var given)
            ?? ValueRequest.Read(given, http.Headers.Accept.ToString(), Options, Time.GetUtcNow(), out request)
            ?? kind.Plan(request!, out plan)
            ?? ValueRules.FindError(request!, plan!, Options, Pool);
    }

    // Consumes nothing, and so does not know the length.
    private static async ValueTask<EntropyRefusal?> AnswerHeadAsync(
        HttpContext context,
        ValueRequest request,
        ValuePlan plan,
        ValueDraw draw
    )
    {
        var refusal = await draw.FindRefusalAsync(plan);
        if (refusal is null)
        {
            ValueBody.WriteHeaders(context.Response, request);
        }

        return refusal;
    }

    private async ValueTask<EntropyRefusal?> AnswerValuesAsync(HttpContext context, ValueRequest request, ValuePlan plan, ValueDraw draw)
    {
        using var text = new ValueText(request.Lines);
        var refusal = await draw.RunAsync(plan, text);
        if (refusal is null)
        {
            await ValueBody.WriteAsync(context.Response, kind, request, plan, text, draw);
        }

        return refusal;
    }

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
