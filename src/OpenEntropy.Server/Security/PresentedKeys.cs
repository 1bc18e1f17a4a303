namespace OpenEntropy.Server.Security;

/// <summary>Keys as requests present them: <c>Authorization: Bearer KEY</c> (RFC 6750, 2.1) or <c>x-api-key: KEY</c>.</summary>
internal static class PresentedKeys
{
    /// <summary>The header beside Authorization.</summary>
    public const string Header = "x-api-key";

    private const string Scheme = "Bearer";

    /// <summary>Whether a request may present one; a look at two headers.</summary>
    /// <param name="request">The request.</param>
    public static bool Any(HttpRequest request) =>
        (request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey(Header)) && Of(request).Count > 0;

    /// <summary>What a request presents, right or wrong. Another scheme of Authorization is another's and presents none.</summary>
    /// <param name="request">The request.</param>
    public static IReadOnlyList<string> Of(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        var header = request.Headers[Header];
        if (authorization.Count == 0 && header.Count == 0)
        {
            return []; // the usual request of a service that asks for none
        }

        var keys = new List<string>(1);
        foreach (var value in authorization)
        {
            var parts = (value ?? "").Split(' ', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Equals(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                keys.Add(parts.Length == 2 ? parts[1] : "");
            }
        }

        for (var i = 0; i < header.Count; i++)
        {
            keys.Add(header[i] ?? "");
        }

        return keys;
    }
}
