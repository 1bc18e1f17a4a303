using System.Net;
using OpenEntropy.Http.Answers;

namespace OpenEntropy.Http;

/// <summary>What the service says of itself, and an operator's acts.</summary>
public sealed partial class OpenEntropyClient
{
    /// <summary>The service's health. That it is bad is an answer, and nothing is thrown for it.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<ServiceHealth> GetHealthAsync(CancellationToken cancellation = default)
    {
        var path = new RequestPath("health");
        using var response = await _calls.SendOnceAsync(() => Get(path), IsBadHealth, cancellation);
        return await JsonBody.ReadAsync(response, _calls, ServiceJson.Default.ServiceHealth, cancellation);
    }

    /// <summary>Whether random bytes can be served now.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation = default)
    {
        var path = new RequestPath("health/ready");
        using var response = await _calls.SendOnceAsync(() => Get(path), IsBadHealth, cancellation);
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>The key that receipts are signed with: a JWK Set with its PEM, as JSON, which <c>ReceiptPublicKey.TryParse</c> of the package OpenEntropy reads.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<string> GetReceiptIdentityAsync(CancellationToken cancellation = default)
    {
        using var response = await _calls.GetAsync(new RequestPath("api/v1/identity"), cancellation);
        return await JsonBody.ReadAsync(
            response,
            _calls,
            root => root.GetProperty("keys").GetArrayLength() > 0 ? root.GetRawText() : throw new FormatException("there is no key"),
            cancellation
        );
    }

    /// <summary>The noise sources.</summary>
    /// <param name="select">Names, categories, globs, <c>fast</c>, <c>slow</c>, <c>all</c>, separated by commas; null: all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<SourceList> GetSourcesAsync(string? select = null, CancellationToken cancellation = default) =>
        GetAsync(new RequestPath("sources").Add("select", select), ServiceJson.Default.SourceList, cancellation);

    /// <summary>One noise source.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<SourceStatus> GetSourceAsync(string name, CancellationToken cancellation = default) =>
        GetAsync(new RequestPath($"sources/{Part(name)}"), ServiceJson.Default.SourceStatus, cancellation);

    /// <summary>Switches a source on.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The source after the act, here as of the other acts.</returns>
    public Task<SourceStatus> EnableSourceAsync(string name, CancellationToken cancellation = default) =>
        ActAsync(name, "enable", cancellation);

    /// <summary>Switches a source off.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<SourceStatus> DisableSourceAsync(string name, CancellationToken cancellation = default) =>
        ActAsync(name, "disable", cancellation);

    /// <summary>Has a source tested on demand.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<SourceStatus> RetestSourceAsync(string name, CancellationToken cancellation = default) =>
        ActAsync(name, "retest", cancellation);

    /// <summary>The accounts of the pool.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task<PoolStatus> GetPoolAsync(CancellationToken cancellation = default) =>
        GetAsync(new RequestPath("pool/status"), ServiceJson.Default.PoolStatus, cancellation);

    /// <summary>What the estimators of SP 800-90B said of each source.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task<AssessmentList> GetAssessmentsAsync(CancellationToken cancellation = default) =>
        GetAsync(new RequestPath("api/v1/assessments"), ServiceJson.Default.AssessmentList, cancellation);

    /// <summary>The same of one source, in full.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<SourceAssessments> GetAssessmentAsync(string source, CancellationToken cancellation = default) =>
        GetAsync(new RequestPath($"api/v1/assessments/{Part(source)}"), ServiceJson.Default.SourceAssessments, cancellation);

    /// <summary>Has a source recorded and assessed.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<AssessmentTicket> AssessAsync(string source, CancellationToken cancellation = default) =>
        SendOnceAsync(() => Act(new RequestPath($"api/v1/assessments/{Part(source)}")), ServiceJson.Default.AssessmentTicket, cancellation);

    private static bool IsBadHealth(HttpStatusCode status) => status == HttpStatusCode.ServiceUnavailable;

    private static HttpRequestMessage Get(RequestPath path) => new(HttpMethod.Get, path.ToUri());

    private Task<SourceStatus> ActAsync(string name, string act, CancellationToken cancellation) =>
        SendOnceAsync(() => Act(new RequestPath($"sources/{Part(name)}/{act}")), ServiceJson.Default.SourceStatus, cancellation);
}
