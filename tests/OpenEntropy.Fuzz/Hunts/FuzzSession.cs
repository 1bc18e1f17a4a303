using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>Requests one after the other without waiting for the answers, on one connection as long as it lives.</summary>
/// <param name="client">Connects and judges.</param>
/// <param name="tally">Counts the answers.</param>
internal sealed class FuzzSession(FuzzClient client, Tally tally) : IDisposable
{
    private RawConnection? _connection;

    /// <summary>Sends requests and reads their answers, up to the first that may end the connection.</summary>
    /// <param name="requests">At least one.</param>
    /// <param name="report">Takes the number of a request and what is wrong with its answer.</param>
    /// <returns>The number of requests that are done with.</returns>
    public async Task<int> ExchangeAsync(ReadOnlyMemory<FuzzRequest> requests, Action<int, string> report)
    {
        var count = CountUpToLast(requests.Span);
        var done = 0;
        try
        {
            using var limit = new CancellationTokenSource(FuzzClient.Patience);
            var connection = _connection ??= await client.ConnectAsync(limit.Token);
            // Both at once: a server that waits until its answers are read reads no further.
            var sending = connection.SendAsync(Join(requests.Span[..count]), limit.Token);
            for (var ends = false; done < count && !ends; done++)
            {
                var request = requests.Span[done];
                var answer = await connection.ReadAsync(request.IsHead, limit.Token, request.IsEndless);
                if (client.Judge(request, answer) is { } fault)
                    report(done, fault);
                ends = answer is null or { Closes: true } || request.IsEndless || request.MayBeCutOff;
                if (answer is not null)
                    tally.Count(answer);
                if (ends)
                    Close();
            }

            await sending;
            return done;
        }
        catch (Exception exception) when (FuzzClient.IsBroken(exception))
        {
            Close();
            var at = Math.Min(done, count - 1);
            if (!FuzzClient.IsExcused(requests.Span[at], exception))
                report(at, FuzzClient.Describe(exception));
            return at + 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static int CountUpToLast(ReadOnlySpan<FuzzRequest> requests)
    {
        for (var i = 0; i < requests.Length; i++)
        {
            // Where its connection is cut off, answers go along that were not sent yet: it goes alone.
            if (requests[i].MayBeCutOff && i > 0)
                return i;
            if (requests[i].IsForTheWebServer || requests[i].IsEndless || requests[i].MayBeCutOff)
                return i + 1;
        }

        return requests.Length;
    }

    private static byte[] Join(ReadOnlySpan<FuzzRequest> requests)
    {
        var bytes = new List<byte>();
        foreach (var request in requests)
            bytes.AddRange(request.ToBytes());
        return [.. bytes];
    }
}
