using System.Net;
using System.Net.Http.Headers;

namespace OpenEntropy.Http.Answers;

/// <summary>Sends requests, waits and asks again where that is allowed, and turns refusals into exceptions.</summary>
/// <param name="http">With the service's address.</param>
/// <param name="options">What is waited for.</param>
/// <param name="time">Waits.</param>
internal sealed class ServiceCalls(HttpClient http, OpenEntropyClientOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly MediaTypeWithQualityHeaderValue[] s_accepted =
    [
        new("application/json"),
        new("application/problem+json"),
        new("application/octet-stream"),
    ];

    /// <summary>What is waited for.</summary>
    public OpenEntropyClientOptions Options => options;

    /// <summary>A body, each read of which is within the idle timeout.</summary>
    /// <param name="response">Disposed by its owner.</param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<BodyReader> OpenAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        new(await response.Content.ReadAsStreamAsync(cancellation), this, cancellation);

    /// <summary>Reads what there is of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="destination">At least one byte.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <returns>Bytes; 0 at the body's end.</returns>
    /// <exception cref="ServiceAnswerException">The connection ended before the body did.</exception>
    /// <exception cref="TimeoutException">No byte came in time.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> destination, CancellationToken cancellation)
    {
        using var clock = new CancellationTokenSource(options.IdleTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellation);
        try
        {
            return await body.ReadAsync(destination, end.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation); // not the linked token, which nobody outside knows
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"No byte came for {options.IdleTimeout.TotalSeconds:0.#} s.", exception);
        }
        catch (IOException exception)
        {
            throw new ServiceAnswerException("The answer was broken off.", exception);
        }
    }

    /// <summary>Asks for something that may be asked for again.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>An answer of success, whose body has not been read.</returns>
    public Task<HttpResponseMessage> GetAsync(RequestPath path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path.ToUri()), mayRepeat: true, cancellation);

    /// <summary>Sends a request until it is answered with success, or with what waiting does not change.</summary>
    /// <param name="create">Makes the request, anew for each try.</param>
    /// <param name="mayRepeat">Whether it may be sent again.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>An answer of success, whose body has not been read.</returns>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, bool mayRepeat, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; )
        {
            ServiceUnavailableException unavailable;
            try
            {
                return await SendOnceAsync(create, static status => false, cancellation);
            }
            catch (ServiceUnavailableException exception) when (mayRepeat && exception.RetryAfter is not null)
            {
                unavailable = exception;
            }

            // A second at least, as the header counts: no number of dates in the past makes a loop without end.
            var wait = unavailable.RetryAfter!.Value < s_second ? s_second : unavailable.RetryAfter.Value;
            if (wait > options.MaximumRetryWait - waited)
                throw unavailable;
            waited += wait;
            await Task.Delay(wait, time, cancellation);
        }
    }

    /// <summary>Sends a request once.</summary>
    /// <param name="create">Makes the request.</param>
    /// <param name="isAnswer">Statuses beside those of success that are no refusal.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The answer, whose body has not been read.</returns>
    public async Task<HttpResponseMessage> SendOnceAsync(
        Func<HttpRequestMessage> create,
        Func<HttpStatusCode, bool> isAnswer,
        CancellationToken cancellation
    )
    {
        using var request = create();
        foreach (var type in s_accepted)
            request.Headers.Accept.Add(type);
        if (options.ApiKey is { } key)
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", key); // a redirection is followed without it
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException timeout)
        {
            throw new TimeoutException($"The service did not begin to answer within {http.Timeout.TotalSeconds:0.#} s.", timeout);
        }

        if (response.IsSuccessStatusCode || isAnswer(response.StatusCode))
            return response;
        using (response)
            throw await RefusalReader.ReadAsync(response, this, time, cancellation);
    }
}
