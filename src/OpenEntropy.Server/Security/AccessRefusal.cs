using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Security;

/// <summary>Why a request is not let in.</summary>
/// <param name="Status">401 where a key would help, 403 where none or another would.</param>
/// <param name="Message">One sentence for the person who asked.</param>
/// <param name="Challenge"><c>WWW-Authenticate</c> (RFC 6750, 3); null for none.</param>
internal sealed record AccessRefusal(int Status, string Message, string? Challenge)
{
    private const string Realm = "Bearer realm=\"openentropy\"";

    private static readonly string s_invalid = $"{Realm}, error=\"invalid_token\"";

    /// <summary>What was given as a key is none. It is one object, so that no refusal tells more than another.</summary>
    public static AccessRefusal WrongKey { get; } =
        new(
            StatusCodes.Status401Unauthorized,
            "the key that was given is none that this service takes: mistyped, expired, revoked or another's",
            s_invalid
        );

    /// <summary>A key would help. No error is named, since none was given (RFC 6750, 3.1).</summary>
    /// <param name="message">One sentence for the person who asked.</param>
    public static AccessRefusal NoKey(string message) => new(StatusCodes.Status401Unauthorized, message, Realm);

    /// <summary>Whoever asked may not do this.</summary>
    /// <param name="message">One sentence for the person who asked.</param>
    public static AccessRefusal Forbidden(string message) => new(StatusCodes.Status403Forbidden, message, Challenge: null);

    /// <summary>The key or the certificate is good and not for this.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="anyOf">One of these would do.</param>
    public static AccessRefusal Insufficient(Caller caller, Scopes anyOf)
    {
        var names = ScopeNames.Of(anyOf);
        var what = caller.Kind == CallerKind.Certificate ? "client certificate" : "key";
        return new AccessRefusal(
            StatusCodes.Status403Forbidden,
            $"the {what} that was given is not for this: it lacks the scope {string.Join(" or ", names)}",
            $"{Realm}, error=\"insufficient_scope\", scope=\"{string.Join(' ', names)}\""
        );
    }

    /// <summary>Answers with it.</summary>
    /// <param name="context">The request and its response, nothing of which was sent.</param>
    /// <param name="field">The parameter by which more was asked for than is allowed; null for none.</param>
    public Task WriteAsync(HttpContext context, string? field = null)
    {
        if (Challenge is not null)
        {
            context.Response.Headers.WWWAuthenticate = Challenge;
        }

        return ErrorBody.WriteAsync(context, Status, Message, field);
    }
}
