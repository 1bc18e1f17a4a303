using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OpenEntropy.Health;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Sources;

/// <summary>The noise sources, how each does, and what an operator may do to one of them.</summary>
internal static class SourceEndpoints
{
    internal const string Note =
        "entropy (Shannon), min_entropy (most common value) and collision_entropy describe the latest samples, in bits per sample, for display; credit is claimed_min_entropy alone";

    private const string SelectText =
        "Only these sources: names, categories, globs, fast, slow and all, separated by commas, lower case. A name also selects its sub-sources.";

    private const string NoParameter = "A query parameter; this route takes none.";
    private const string NoSuchSource = "No source has this name; the message names those that resemble it.";

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/sources").WithTags("Sources");
        group
            .MapMethods("", Routes.Read, List)
            .TakesOnly("select")
            .Answers<SourceListBody>("Every noise source, or those selected, with state and figures")
            .Refuses(StatusCodes.Status400BadRequest, "select names nothing that exists, or a parameter that is not known was given.")
            .Needs(Scopes.Metrics);
        group
            .MapMethods("/{name}", Routes.Read, Get)
            .TakesOnly()
            .Answers<SourceBody>("One noise source")
            .Refuses(StatusCodes.Status400BadRequest, NoParameter)
            .Refuses(StatusCodes.Status404NotFound, NoSuchSource)
            .Needs(Scopes.Metrics);
        group
            .MapPost("/{name}/enable", EnableAsync)
            .IsOperatorsAct(
                AuditAct.SourceEnable,
                "Switches a source on",
                "Also after a permanent failure. It earns once it has passed its start-up test."
            )
            .Refuses(
                StatusCodes.Status409Conflict,
                "This machine does not have the source, or it is opt-in and the configuration names it nowhere; the message says what to do."
            );
        group
            .MapPost("/{name}/disable", DisableAsync)
            .IsOperatorsAct(
                AuditAct.SourceDisable,
                "Switches a source off",
                "Its device is closed. The next start of the service selects as configured."
            )
            .Refuses(StatusCodes.Status409Conflict, "This machine does not have the source; the message says what is missing.");
        group
            .MapPost("/{name}/retest", RetestAsync)
            .IsOperatorsAct(AuditAct.SourceRetest, "Tests a source anew", "It earns nothing until it has passed its start-up test again.")
            .Refuses(
                StatusCodes.Status409Conflict,
                "The source is unavailable, disabled or failed permanently; the message says why and what to do."
            );
    }

    private static RouteHandlerBuilder IsOperatorsAct(this RouteHandlerBuilder route, AuditAct act, string summary, string description) =>
        route
            .IsAudited(act)
            .TakesOnly()
            .TakesNoBody()
            .Answers<SourceBody>(summary)
            .WithDescription($"An operator's act on exactly one source; the body is the source after it. {description}")
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter or a body; this route takes neither.")
            .Refuses(StatusCodes.Status404NotFound, NoSuchSource)
            .RefusesUntold()
            .Needs(Scopes.Operate);

    private static IResult List(
        [Description(SelectText)] [MaxLength(FieldValue.LongestText)] string? select,
        EntropyPool pool,
        AssessmentHistory assessments
    )
    {
        IReadOnlyList<EntropySourceStatus> sources;
        if (select is null)
        {
            sources = pool.Status.Sources;
        }
        else if (FieldValue.ReadSelection("select", select, out _) is { } error)
        {
            return new ErrorResult(error.Status, error.Message, error.Field);
        }
        else if (!pool.TrySelect(select, out sources, out var problem))
        {
            return new ErrorResult(StatusCodes.Status400BadRequest, problem!, "select");
        }

        return new JsonAnswer<SourceListBody>(
            new SourceListBody(
                [.. sources.Select(source => SourceBody.From(source, assessments.Find(source.Info.Name)))],
                sources.Count,
                Note
            ),
            ServerJson.Readable.SourceListBody
        );
    }

    private static IResult Get(string name, EntropyPool pool, AssessmentHistory assessments) =>
        pool.FindSource(name) is { } source ? Answer(source, assessments) : Unknown(name, pool, "name");

    private static Task<IResult> EnableAsync(string name, HttpContext context, SourceSwitch acts, AssessmentHistory assessments) =>
        ActAsync(SourceAct.Enable, AuditAct.SourceEnable, name, context, acts, assessments);

    private static Task<IResult> DisableAsync(string name, HttpContext context, SourceSwitch acts, AssessmentHistory assessments) =>
        ActAsync(SourceAct.Disable, AuditAct.SourceDisable, name, context, acts, assessments);

    private static Task<IResult> RetestAsync(string name, HttpContext context, SourceSwitch acts, AssessmentHistory assessments) =>
        ActAsync(SourceAct.Retest, AuditAct.SourceRetest, name, context, acts, assessments);

    private static async Task<IResult> ActAsync(
        SourceAct act,
        AuditAct entered,
        string name,
        HttpContext context,
        SourceSwitch acts,
        AssessmentHistory assessments
    )
    {
        var pool = context.RequestServices.GetRequiredService<EntropyPool>();
        if (pool.FindSource(name) is null)
        {
            return Unknown(name, pool, "name");
        }

        await using var begun = await context.RequestServices.GetRequiredService<IAuditLog>().BeginAsync(context, entered, name);
        var source = acts.Do(name, act, out var refusal)!; // it is there: sources do not come and go while the service runs
        if (refusal is null)
        {
            await begun.EndAsync(AuditOutcome.Done, StatusCodes.Status200OK);
            return Answer(source, assessments);
        }

        await begun.EndAsync(AuditOutcome.Refused, StatusCodes.Status409Conflict);
        return new ErrorResult(StatusCodes.Status409Conflict, refusal, "name");
    }

    private static JsonAnswer<SourceBody> Answer(EntropySourceStatus source, AssessmentHistory assessments) =>
        new(SourceBody.From(source, assessments.Find(source.Info.Name)), ServerJson.Readable.SourceBody);

    /// <summary>The refusal of a name that no source has.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="pool">Knows the names that resemble it.</param>
    /// <param name="field">The parameter.</param>
    internal static ErrorResult Unknown(string name, EntropyPool pool, string field) =>
        new(StatusCodes.Status404NotFound, UnknownSource(name, NearNames(name, pool)), field);

    // Comparing costs as many steps as both names have characters, multiplied; no name is nearly as long.
    private static IReadOnlyList<string> NearNames(string name, EntropyPool pool) =>
        name.Length <= Echo.Longest ? pool.NearNames(name) : [];

    /// <summary>The sentence that names what was asked for and what resembles it.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="near">Names that exist, nearest first.</param>
    internal static string UnknownSource(string name, IReadOnlyList<string> near) =>
        near.Count == 0
            ? $"there is no source named '{Echo.Cut(name)}'; /sources lists them"
            : $"there is no source named '{Echo.Cut(name)}'; near it are {string.Join(", ", near)}";
}
