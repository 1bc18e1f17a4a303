namespace OpenEntropy.Server.Errors;

/// <summary>Counts answers that are broken off, and ends those whose clients would else take them for whole.</summary>
/// <param name="counts">The accounts.</param>
internal sealed class BrokenOffAnswers(BrokenOffCounts counts)
{
    /// <summary>
    /// Counts one. HTTP/1.0 has no chunks: without a length its body ends where the connection is closed (RFC 9112, 6.3), so that only a reset
    /// says that it is not whole, and that may overtake what was written last.
    /// </summary>
    /// <param name="context">Its request.</param>
    /// <param name="exception">Why.</param>
    /// <returns>True where the connection was reset; false where the web server is to end it, which it does for an exception.</returns>
    public bool End(HttpContext context, BrokenOffException exception)
    {
        counts.Add(exception.Reason, RouteLabel.Of(context));
        if (!HttpProtocol.IsHttp10(context.Request.Protocol) || context.Response.ContentLength is not null)
        {
            return false;
        }

        context.Abort();
        return true;
    }
}
