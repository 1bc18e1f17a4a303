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
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.");
        group
            .MapPost("", Run)
            .IsForOperators()
            .TakesOnly()
            .TakesNoBody()
            .Answers<SelfTestListBody>("Runs every self-test now")
            .WithDescription(
                "An operator's act. While a test that gates output fails, every request for random bytes is refused with 503, until a run in which it passes; while one of a post-quantum algorithm fails, no key is made."
            )
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter or a body; this route takes neither.");
    }

    private static JsonAnswer<SelfTestListBody> List(SelfTestDesk desk) => Answer(desk.List());

    private static JsonAnswer<SelfTestListBody> Run(SelfTestDesk desk) => Answer(desk.RunAll());

    private static JsonAnswer<SelfTestListBody> Answer(IReadOnlyList<SelfTestBody> tests) =>
        new(new SelfTestListBody(tests.All(test => test.Outcome != SelfTestBoard.Failed), tests), ServerJson.Readable.SelfTestListBody);
}
