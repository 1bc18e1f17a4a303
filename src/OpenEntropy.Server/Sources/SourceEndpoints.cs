using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Sources;

/// <summary>The noise sources and how each does.</summary>
internal static class SourceEndpoints
{
    internal const string Note =
        "entropy (Shannon), min_entropy (most common value) and collision_entropy describe the latest samples, in bits per sample, for display; credit is claimed_min_entropy alone";

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/sources").WithTags("Sources");
        group.MapMethods("", Routes.Read, List).Answers<SourceListBody>("Every noise source with its state and figures");
        group
            .MapMethods("/{name}", Routes.Read, Get)
            .Answers<SourceBody>("One noise source")
            .Refuses(StatusCodes.Status404NotFound, "No source has this name; the message names those that resemble it.");
    }

    private static JsonAnswer<SourceListBody> List(EntropyPool pool, AssessmentHistory assessments)
    {
        var sources = pool.Status.Sources;
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
        pool.FindSource(name) is { } source
            ? new JsonAnswer<SourceBody>(SourceBody.From(source, assessments.Find(name)), ServerJson.Readable.SourceBody)
            : Unknown(name, pool, "name");

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
