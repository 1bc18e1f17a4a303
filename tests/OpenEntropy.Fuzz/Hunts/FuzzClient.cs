using System.Net.Sockets;
using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>Asks the service and judges its answers.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="limits">What it allows.</param>
internal sealed class FuzzClient(Uri address, Limits limits)
{
    /// <summary>The longest wait for an answer: no request waits longer than 30 s for entropy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly FuzzRequest s_plain = new(new Route("/health/live", 1) { IsStrict = false }, "GET", "/health/live", [], []);

    /// <summary>A session of requests on one connection after the other.</summary>
    /// <param name="tally">Counts the answers.</param>
    public FuzzSession OpenSession(Tally tally) => new(this, tally);

    /// <summary>A connection.</summary>
    /// <param name="limit">Ends the wait.</param>
    public Task<RawConnection> ConnectAsync(CancellationToken limit) => RawConnection.OpenAsync(address, limit);

    /// <summary>What is wrong with an answer; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer; null: the connection ended before.</param>
    public string? Judge(FuzzRequest request, RawAnswer? answer) =>
        answer is not null ? AnswerRules.FindFault(request, answer, limits)
        : request.IsForTheWebServer || request.MayBeCutOff ? null
        : "there was no answer";

    /// <summary>Tries a request on a connection of its own, and whether the connection serves another afterwards.</summary>
    /// <param name="request">The request.</param>
    /// <returns>What is wrong; null: nothing.</returns>
    public async Task<string?> FindFaultAsync(FuzzRequest request)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var connection = await ConnectAsync(limit.Token);
            await connection.SendAsync(request.ToBytes(), limit.Token);
            var answer = await connection.ReadAsync(request.IsHead, limit.Token, request.IsEndless);
            if (Judge(request, answer) is { } fault)
                return fault;
            if (answer is null or { Closes: true } || request.IsEndless || request.MayBeCutOff)
                return null;
            await connection.SendAsync(s_plain.ToBytes(), limit.Token);
            return await connection.ReadAsync(toHead: false, limit.Token) is { Status: 200 }
                ? null
                : "the connection is of no use afterwards";
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return IsExcused(request, exception) ? null : Describe(exception);
        }
    }

    /// <summary>Whether an exception is what may happen to a request: the end of a connection while a long body is sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exception">The exception.</param>
    public static bool IsExcused(FuzzRequest request, Exception exception) =>
        request.IsForTheWebServer || (request.MayBeCutOff && exception is EndOfStreamException or SocketException);

    /// <summary>Whether an exception says that there was no answer, or none that is HTTP.</summary>
    /// <param name="exception">The exception.</param>
    public static bool IsBroken(Exception exception) =>
        exception is FormatException or EndOfStreamException or SocketException or OperationCanceledException;

    /// <summary>The fault that an exception is.</summary>
    /// <param name="exception">The exception.</param>
    public static string Describe(Exception exception) =>
        exception is OperationCanceledException ? $"no answer within {Patience.TotalSeconds} s" : $"no answer of HTTP: {exception.Message}";
}
