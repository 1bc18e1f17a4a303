using System.Net;

namespace OpenEntropy.Http;

/// <summary>The service did not give what it was asked for, and nothing is given in its place.</summary>
public abstract class ServiceException : Exception
{
    private protected ServiceException(string message, Exception? inner = null)
        : base(message, inner) { }
}

/// <summary>The service answered, but not with what was asked for: too few or too many bytes, another quality, another count, a page of a proxy.</summary>
public sealed class ServiceAnswerException : ServiceException
{
    internal ServiceAnswerException(string message, Exception? inner = null)
        : base(message, inner) { }
}

/// <summary>The service refused the request.</summary>
public class ServiceRefusalException : ServiceException
{
    internal ServiceRefusalException(HttpStatusCode status, string detail, string? field)
        : base($"{(int)status}: {detail}") => (Status, Detail, Field) = (status, detail, field);

    /// <summary>The status: 400 for a wrong value, 403 for what is not allowed, 404, 409, …</summary>
    public HttpStatusCode Status { get; }

    /// <summary>One sentence of the service's, which names what was wrong and the range.</summary>
    public string Detail { get; }

    /// <summary>The parameter that was refused; null where it is none or the service does not say.</summary>
    public string? Field { get; }
}

/// <summary>The service has nothing to give now (503), or was asked too often (429).</summary>
public sealed class ServiceUnavailableException : ServiceRefusalException
{
    internal ServiceUnavailableException(HttpStatusCode status, string detail, string? field, TimeSpan? retryAfter)
        : base(status, detail, field) => RetryAfter = retryAfter;

    /// <summary>How long the service asks to wait (<c>Retry-After</c>); null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
