namespace OpenEntropy.Server.Errors;

/// <summary>A refusal as a handler returns it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence for the person who asked.</param>
/// <param name="field">The parameter that was refused.</param>
/// <param name="retryAfter">When to ask again.</param>
internal sealed class ErrorResult(int status, string message, string? field = null, TimeSpan? retryAfter = null) : IResult
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ErrorBody.WriteAsync(httpContext, status, message, field, retryAfter);
}
