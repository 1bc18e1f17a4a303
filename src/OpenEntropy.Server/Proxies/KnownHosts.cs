using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Proxies;

/// <summary>
/// Refuses requests by other names than the operator lists in <c>AllowedHosts</c>, the framework's key, in its grammar: names, and <c>*.example.org</c> for
/// what is below one, separated by semicolons. Without it, or with <c>*</c>, every name is welcome. Health is told by any name, since orchestrators ask by
/// address; and this machine itself (<see cref="LoopbackRule"/>) needs no listing.
/// </summary>
internal static class KnownHosts
{
    /// <summary>The key.</summary>
    public const string Key = "AllowedHosts";

    private const string Any = "*";
    private const string Below = "*.";
    private const string Health = "/health";

    /// <summary>What is wrong with the list, in one sentence; null for nothing.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static string? FindProblem(IConfiguration configuration) =>
        Split(configuration).FirstOrDefault(each => each != Any && !IsName(each)) is { } wrong
            ? $"'{wrong}' is no name: write names without scheme and port, and *.example.org for all below one, separated by semicolons"
            : null;

    /// <summary>Puts this before the routes, where any name is listed.</summary>
    /// <param name="app">The application.</param>
    public static void UseKnownHosts(this IApplicationBuilder app)
    {
        var names = Split(app.ApplicationServices.GetRequiredService<IConfiguration>());
        if (names.Length > 0 && !names.Contains(Any))
        {
            app.Use((context, next) => IsWelcome(context, names) ? next(context) : RefuseAsync(context));
        }
    }

    private static bool IsWelcome(HttpContext context, string[] names)
    {
        var host = context.Request.Host.Host;
        return names.Any(name => Matches(host, name))
            || context.Request.Path.StartsWithSegments(Health, StringComparison.Ordinal)
            || LoopbackRule.WhyNot(context) is null;
    }

    private static Task RefuseAsync(HttpContext context) =>
        ErrorBody.WriteAsync(
            context,
            StatusCodes.Status400BadRequest,
            $"this service is not asked by the name '{Echo.Cut(context.Request.Host.Host)}': its operator lists the names in {Key}"
        );

    private static bool Matches(string host, string name) =>
        name.StartsWith(Below, StringComparison.Ordinal)
            ? host.Length >= name.Length && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string text) =>
        Uri.CheckHostName(text.StartsWith(Below, StringComparison.Ordinal) ? text[Below.Length..] : text) != UriHostNameType.Unknown;

    private static string[] Split(IConfiguration configuration) =>
        configuration[Key]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
