using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.SelfTests;

/// <summary>The self-tests on demand.</summary>
internal static class SelfTestEndpoints
{
    /// <summary>Registers what runs them.</summary>
    /// <param name="services">The services; they hold the pool.</param>
    /// <param name="options">Name what is tested.</param>
    public static void AddSelfTests(this IServiceCollection services, EntropyPoolOptions options)
    {
        services.AddSingleton<SelfTestBoard>();
        services.AddSingleton(SelfTestSuite.Of(options).Begin(TimeProvider.System));
        services.AddSingleton<SelfTestDesk>();
        services.AddHostedService<PowerUpTests>();
    }

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapSelfTests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/self-tests").WithTags("Self-tests");
        group
            .MapMethods("", Routes.Read, List)
            .TakesOnly()
            .Answers<SelfTestListBody>("The self-tests with their last outcomes")
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.")
            .Needs(Scopes.Metrics);
        group
            .MapPost("", RunAsync)
            .IsAudited(AuditAct.SelfTest)
            .TakesOnly()
            .TakesNoBody()
            .Answers<SelfTestListBody>("Runs every self-test now")
            .WithDescription(
                "An operator's act. While a test that gates output fails, every request for random bytes is refused with 503, until a run in which it passes; while one of a post-quantum algorithm fails, no key is made."
            )
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter or a body; this route takes neither.")
            .RefusesUntold()
            .Needs(Scopes.Operate);
    }

    private static JsonAnswer<SelfTestListBody> List(SelfTestDesk desk) => Answer(desk.List());

    private static async Task<JsonAnswer<SelfTestListBody>> RunAsync(HttpContext context, SelfTestDesk desk, IAuditLog audit)
    {
        await using var begun = await audit.BeginAsync(context, AuditAct.SelfTest, subject: null);
        var outcomes = await Task.Run(desk.RunAll);
        var failed = outcomes.FirstOrDefault(test => test.Outcome == SelfTestBoard.Failed)?.Name;
        await begun.EndAsync(failed is null ? AuditOutcome.Done : AuditOutcome.Failed, StatusCodes.Status200OK, failed);
        return Answer(outcomes);
    }

    private static JsonAnswer<SelfTestListBody> Answer(IReadOnlyList<SelfTestBody> tests) =>
        new(new SelfTestListBody(tests.All(test => test.Outcome != SelfTestBoard.Failed), tests), ServerJson.Readable.SelfTestListBody);
}
