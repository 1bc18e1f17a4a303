using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Health;

/// <summary><c>/health</c> for people and clients, and its three short forms for orchestrators. Never behind a key.</summary>
internal static class HealthEndpoints
{
    /// <summary>Registers what the routes share.</summary>
    /// <param name="services">The services.</param>
    public static void AddHealth(this IServiceCollection services) =>
        services.AddSingleton(provider =>
        {
            var pool = provider.GetRequiredService<EntropyPool>();
            return new SharedStatus(() => pool.Status, () => pool.StateMark, provider.GetRequiredService<TimeProvider>());
        });

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").IsOpen().DisableRateLimiting();
        group
            .MapMethods("", Routes.Read, GetAsync)
            .Answers<HealthBody>("The service's state; 503 while nothing can be served")
            .Or503<HealthBody>();
        group.MapMethods("/live", Routes.Read, GetLive).Answers<ProbeBody>("200 while the process runs");
        group.MapMethods("/ready", Routes.Read, GetReadyAsync).Answers<ProbeBody>("200 while bytes can be served").Or503<ProbeBody>();
        group
            .MapMethods("/startup", Routes.Read, GetStartupAsync)
            .Answers<ProbeBody>("200 once the start is over, well or not")
            .Or503<ProbeBody>();
    }

    private static async Task<JsonAnswer<HealthBody>> GetAsync(
        SharedStatus shared,
        AssessmentHistory history,
        DeviationBoard board,
        DrillBoard drills
    )
    {
        var status = await shared.TakeAsync();
        var body = HealthBody.From(status) with
        {
            Deviations = ServiceDeviations.Of(status, history, board),
            Drills = [.. drills.Current.Select(DrillMark.From)],
        };
        return new JsonAnswer<HealthBody>(body, ServerJson.Readable.HealthBody, ReadyStatus(status.State));
    }

    private static JsonAnswer<ProbeBody> GetLive() => new(new ProbeBody("live"), ServerJson.Readable.ProbeBody);

    private static async Task<JsonAnswer<ProbeBody>> GetReadyAsync(SharedStatus shared) =>
        Probe((await shared.TakeAsync()).State, ReadyStatus);

    private static async Task<JsonAnswer<ProbeBody>> GetStartupAsync(SharedStatus shared) =>
        Probe((await shared.TakeAsync()).State, StartupStatus);

    private static JsonAnswer<ProbeBody> Probe(PoolState state, Func<PoolState, int> statusOf) =>
        new(new ProbeBody(StateNames<PoolState>.Of(state)), ServerJson.Readable.ProbeBody, statusOf(state));

    /// <summary>Fail closed: only a state known to serve can serve.</summary>
    internal static bool CanServe(PoolState state) => state is PoolState.Healthy or PoolState.Degraded;

    /// <summary>200 for what can serve.</summary>
    internal static int ReadyStatus(PoolState state) => CanServe(state) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

    /// <summary>A start that ended unhealthy has ended all the same: restarting the process would not mend it.</summary>
    internal static int StartupStatus(PoolState state) =>
        state == PoolState.Starting ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
}
