using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Server.Drills;

/// <summary>Drills: what can be made to fail, what does, what did.</summary>
internal static class DrillEndpoints
{
    private const string Base = "/drills";
    private const string OffText = DrillOptions.EnabledKey + " is false";
    private const string NoParameter = "A query parameter; this route takes none.";
    private const string NoSuchDrill = $"No drill has this id, or it is over for so long that it is kept no more; or {OffText}.";

    /// <summary>Registers what drills.</summary>
    /// <param name="services">The services; they hold the pool and the self-tests.</param>
    public static void AddDrills(this IServiceCollection services)
    {
        services.AddSingleton<DrillBoard>();
        services.AddSingleton<IDrillObserver, DrillLog>();
        services.AddSingleton<IDrillObserver, DrillAudit>();
        services.AddSingleton<DrillDesk>();
        services.AddHostedService(static provider => provider.GetRequiredService<DrillDesk>());
    }

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapDrills(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Base).WithTags("Drills");
        group
            .MapMethods("", Routes.Read, List)
            .TakesOnly()
            .Answers<DrillListBody>("What can be drilled, what is drilled, and what was lately")
            .Refuses(StatusCodes.Status400BadRequest, NoParameter)
            .Refuses(StatusCodes.Status404NotFound, $"{OffText}.")
            .Needs(Scopes.Operate);
        group
            .MapMethods("/{drill}", Routes.Read, Get)
            .TakesOnly()
            .Answers<DrillBody>("One drill with its bounds and what was seen of it")
            .Refuses(StatusCodes.Status400BadRequest, NoParameter)
            .Refuses(StatusCodes.Status404NotFound, NoSuchDrill)
            .Needs(Scopes.Operate);
        group
            .MapPost("", PostAsync)
            .IsAudited(AuditAct.DrillBegin)
            .TakesOnly("kind", "source", "seconds")
            .TakesNoBody()
            .WithSummary("Makes a source, the pool or a self-test fail for a while")
            .WithDescription(
                "An operator's act. It ends by itself, also when the service stops. Samples of a drilled source earn nothing, enter no block and are served to nobody; /health lists the drill. Location is where it is found; the body says by when it must show, and by when all must be as before."
            )
            .Produces<DrillBody>(StatusCodes.Status201Created, "application/json")
            .Refuses(StatusCodes.Status400BadRequest, "kind is none, source is missing or one too many, or seconds is out of its range.")
            .Refuses(StatusCodes.Status404NotFound, $"No source has this name; the message names those that resemble it; or {OffText}.")
            .Refuses(
                StatusCodes.Status409Conflict,
                "The source is not healthy or drilled already, the kind shows nothing on it, or the pool serves nothing as it is; the message says which."
            )
            .RefusesUntold()
            .Needs(Scopes.Operate);
        group
            .MapDelete("/{drill}", DeleteAsync)
            .IsAudited(AuditAct.DrillEnd)
            .TakesOnly()
            .TakesNoBody()
            .Answers<DrillBody>("Ends a drill before its time")
            .WithDescription("An operator's act. The body is the drill after it.")
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter or a body; this route takes neither.")
            .Refuses(StatusCodes.Status404NotFound, $"No drill that is on has this id; or {OffText}.")
            .RefusesUntold()
            .Needs(Scopes.Operate);
    }

    private static IResult List(EntropyPool pool, DrillDesk desk, DrillBoard board, IOptions<DrillOptions> options)
    {
        if (WhyOff(options) is { } off)
        {
            return off;
        }

        desk.Look();
        return new JsonAnswer<DrillListBody>(DrillListBody.From(pool, board, options.Value), ServerJson.Readable.DrillListBody);
    }

    private static IResult Get(string drill, DrillDesk desk, DrillBoard board, IOptions<DrillOptions> options)
    {
        if (WhyOff(options) is { } off)
        {
            return off;
        }

        desk.Look();
        return board.Find(drill) is { } run ? Answer(run) : Unknown(drill);
    }

    private static async Task<IResult> PostAsync(
        [Description("What to make fail.")]
        [AllowedValues("stick", "bias", "hang", "vanish", "starve", "age", "known-answer")]
            string? kind,
        [Description("The source, for stick, bias, hang and vanish; left out for the others.")]
        [MaxLength(FieldValue.LongestText)]
            string? source,
        [Description("How long, whole seconds, at most OpenEntropy:Drills:LongestDuration; 10 where it is not given.")] string? seconds,
        HttpContext context,
        EntropyPool pool,
        DrillDesk desk,
        IAuditLog audit,
        IOptions<DrillOptions> options
    )
    {
        if (WhyOff(options) is { } off)
        {
            return off;
        }

        if (DrillRequest.Read(kind, source, seconds, options.Value, out var request) is { } error)
        {
            return new ErrorResult(error.Status, error.Message, error.Field);
        }

        if (request.Source is { } name && pool.FindSource(name) is null)
        {
            return SourceEndpoints.Unknown(name, pool, "source");
        }

        await using var begun = await audit.BeginAsync(context, AuditAct.DrillBegin, DrillAudit.Subject(request.Kind, request.Source));
        if (desk.TryBegin(request.Kind, request.Source, request.Duration, context.Caller(), out var refusal) is not { } run)
        {
            await begun.EndAsync(AuditOutcome.Refused, StatusCodes.Status409Conflict);
            return new ErrorResult(StatusCodes.Status409Conflict, refusal!, request.Source is null ? "kind" : "source");
        }

        await begun.EndAsync(AuditOutcome.Done, StatusCodes.Status201Created);
        context.Response.Headers.Location = $"{Base}/{run.Id}";
        return Answer(run, StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(
        string drill,
        HttpContext context,
        DrillDesk desk,
        DrillBoard board,
        IAuditLog audit,
        IOptions<DrillOptions> options
    )
    {
        if (WhyOff(options) is { } off)
        {
            return off;
        }

        if (board.Find(drill) is not { } found)
        {
            return Unknown(drill);
        }

        await using var begun = await audit.BeginAsync(context, AuditAct.DrillEnd, DrillAudit.Subject(found.Kind, found.Source));
        if (desk.TryEnd(drill) is not { } run)
        {
            await begun.EndAsync(AuditOutcome.Refused, StatusCodes.Status404NotFound);
            return Unknown(drill);
        }

        await begun.EndAsync(AuditOutcome.Done, StatusCodes.Status200OK);
        return Answer(run);
    }

    private static ErrorResult? WhyOff(IOptions<DrillOptions> options) =>
        options.Value.Enabled
            ? null
            : new ErrorResult(StatusCodes.Status404NotFound, $"{DrillOptions.EnabledKey} is false: nothing is drilled here");

    private static JsonAnswer<DrillBody> Answer(DrillRun run, int status = StatusCodes.Status200OK) =>
        new(DrillBody.From(run), ServerJson.Readable.DrillBody, status);

    private static ErrorResult Unknown(string drill) =>
        new(
            StatusCodes.Status404NotFound,
            $"there is no drill '{Echo.Cut(drill)}' here that is on or ended lately; /drills lists them",
            "drill"
        );
}
