namespace OpenEntropy.Server.Security;

/// <summary>What a route asks of its callers, among its metadata. A route that says nothing asks for <see cref="Scopes.Operate"/>.</summary>
/// <param name="AnyOf">One of these is enough; none: the route is open to everybody, with and without a key.</param>
/// <param name="Applies">Which requests it is asked of; null: all. The others are open.</param>
internal sealed record RequiredScope(Scopes AnyOf, Func<HttpContext, bool>? Applies = null)
{
    /// <summary>Of a route that was forgotten: what fewest have.</summary>
    public static RequiredScope Unsaid { get; } = new(Scopes.Operate);

    /// <summary>What a request needs.</summary>
    /// <param name="context">A request, once its route is known.</param>
    /// <returns>One of these; none: nothing. What no route of ours takes, an unknown path or method, is refused to everybody alike.</returns>
    public static Scopes Of(HttpContext context) =>
        context.GetEndpoint() is not RouteEndpoint endpoint ? Scopes.None
        : (endpoint.Metadata.GetMetadata<RequiredScope>() ?? Unsaid) is var required && required.Applies?.Invoke(context) != false
            ? required.AnyOf
        : Scopes.None;
}
