using System.Globalization;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Server.Assessment;

/// <summary>What the service found when it assessed its own sources.</summary>
internal static class AssessmentEndpoints
{
    private const string Base = "/api/v1/assessments";

    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapAssessments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Base).WithTags("Assessments").TakesOnly();
        group
            .MapMethods("", Routes.Read, List)
            .Answers<AssessmentListBody>("The assessments of every source, and the assessor")
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; these routes take none.")
            .Needs(Scopes.Metrics);
        group
            .MapMethods("/{source}", Routes.Read, Get)
            .Answers<AssessmentDetailBody>("One source with every estimate of its last assessment and its history")
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; these routes take none.")
            .Refuses(StatusCodes.Status404NotFound, "No source has this name; the message names those that resemble it.")
            .Needs(Scopes.Metrics);
        group
            .MapPost("/{source}", PostAsync)
            .IsAudited(AuditAct.AssessmentRequest)
            .WithSummary("Records and assesses a source as the next one")
            .WithDescription("An operator's act. Location is where the figure will be; the body says when, as far as that can be told.")
            .Produces<AssessmentRequestBody>(StatusCodes.Status202Accepted, "application/json")
            .Refuses(
                StatusCodes.Status400BadRequest,
                "The source is of a kind that is never assessed, or off, or a query parameter was given."
            )
            .Refuses(StatusCodes.Status404NotFound, "No source has this name; the message names those that resemble it.")
            .Refuses(
                StatusCodes.Status409Conflict,
                "An assessment of this source is queued, or was asked for and is under way, or computes."
            )
            .Refuses(StatusCodes.Status429TooManyRequests, "As many wait as may, or the source was asked for less than an interval ago.")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "The assessor has ended, or the audit log cannot be written.")
            .Refuses(StatusCodes.Status403Forbidden, "OpenEntropy:Assessment:Enabled is false.")
            .Needs(Scopes.Operate);
    }

    private static JsonAnswer<AssessmentListBody> List(AssessmentReport report) =>
        new(report.List(), ServerJson.Readable.AssessmentListBody);

    private static IResult Get(string source, EntropyPool pool, AssessmentReport report) =>
        pool.FindSource(source) is { } status
            ? new JsonAnswer<AssessmentDetailBody>(report.Detail(status), ServerJson.Readable.AssessmentDetailBody)
            : SourceEndpoints.Unknown(source, pool, "source");

    private static async Task<IResult> PostAsync(
        string source,
        HttpContext context,
        EntropyPool pool,
        AssessmentReport report,
        AssessmentPlan plan,
        AssessmentBoard board,
        IOptions<AssessmentOptions> options,
        IAuditLog audit,
        TimeProvider time
    )
    {
        if (WhyNot(source, pool, board, options.Value) is { } refusal)
        {
            return refusal;
        }

        await using var begun = await audit.BeginAsync(context, AuditAct.AssessmentRequest, source);
        var answer = plan.TryRequest(source, time.GetUtcNow());
        if (Refusal(source, answer, plan) is { } refused)
        {
            await begun.EndAsync(AuditOutcome.Refused, refused.Status);
            return refused;
        }

        await begun.EndAsync(AuditOutcome.Done, StatusCodes.Status202Accepted);
        context.Response.Headers.Location = $"{Base}/{source}";
        var state = answer.Result == RequestResult.Joined ? StandingState.Recording : StandingState.Queued;
        var expected = Math.Ceiling(report.Expected(source, answer.Ahead).TotalSeconds);
        return new JsonAnswer<AssessmentRequestBody>(
            new AssessmentRequestBody(source, StateNames<StandingState>.Of(state), answer.Ahead.Count, expected),
            ServerJson.Readable.AssessmentRequestBody,
            StatusCodes.Status202Accepted
        );
    }

    private static ErrorResult? Refusal(string source, RequestAnswer answer, AssessmentPlan plan)
    {
        switch (answer.Result)
        {
            case RequestResult.UnderWay:
                return new ErrorResult(StatusCodes.Status409Conflict, $"an assessment of {source} is under way", "source");
            case RequestResult.TooSoon:
                var soon = $"{source} was asked for less than an interval ago";
                return new ErrorResult(StatusCodes.Status429TooManyRequests, soon, "source", answer.Wait);
            case RequestResult.Full:
                var full = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{AssessmentPlan.MaximumQueue} assessments wait, and no more may: {string.Join(", ", plan.Requests)}"
                );
                return new ErrorResult(StatusCodes.Status429TooManyRequests, full, retryAfter: s_later);
            case RequestResult.Ended:
                return Ended();
            default:
                return null;
        }
    }

    private static ErrorResult Ended() =>
        new(StatusCodes.Status503ServiceUnavailable, "the assessor has ended; the log tells why", retryAfter: s_later);

    private static ErrorResult? WhyNot(string source, EntropyPool pool, AssessmentBoard board, AssessmentOptions options)
    {
        if (pool.FindSource(source) is not { } status)
        {
            return SourceEndpoints.Unknown(source, pool, "source");
        }

        if (!options.Enabled)
        {
            return new ErrorResult(
                StatusCodes.Status403Forbidden,
                $"{AssessmentOptions.Section}:{nameof(AssessmentOptions.Enabled)} is false: nothing is assessed"
            );
        }

        if (DueSources.WhyNever(status.Info) is { } never)
        {
            return new ErrorResult(StatusCodes.Status400BadRequest, $"{source}: {never}", "source");
        }

        if (!status.Expected)
        {
            return new ErrorResult(StatusCodes.Status400BadRequest, $"{source} gives no samples: {status.Reason}", "source");
        }

        return board.State is AssessorState.Failed or AssessorState.Stopped ? Ended() : null;
    }
}
