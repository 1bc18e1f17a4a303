using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Hosting;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Services;

/// <summary>Asks a running service, with the operator's key where the environment has one.</summary>
/// <param name="address">Where the service is; null: <see cref="UsualAddress"/>.</param>
/// <param name="patience">How long an answer is waited for.</param>
internal sealed class ServiceClient(Uri? address, TimeSpan patience) : IDisposable
{
    /// <summary>Where a service is that was started without options.</summary>
    public const string UsualAddress = "http://127.0.0.1:8042";

    private const int LongestAnswer = 1 << 20;

    private readonly ServiceLink _link = new(address ?? new Uri(UsualAddress), patience, LongestAnswer);
    private readonly string? _key = OperatorKey.Read();

    /// <summary>Where the service is.</summary>
    public string Subject => _link.Subject;

    /// <summary>How answers are read.</summary>
    public static ServerJson Json => ServiceLink.Json;

    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query, without a slash before them.</param>
    /// <param name="type">The body.</param>
    /// <param name="end">Ends the wait.</param>
    /// <param name="also">A status whose body is the same.</param>
    /// <exception cref="CommandFailureException">It refused, did not answer, or is none of this version.</exception>
    public async Task<T> AskAsync<T>(
        HttpMethod method,
        string path,
        JsonTypeInfo<T> type,
        CancellationToken end,
        HttpStatusCode also = HttpStatusCode.Created
    )
    {
        try
        {
            var answer = await _link.SendAsync(method, path, _key, end);
            return answer.Status == HttpStatusCode.OK || answer.Status == also
                ? answer.Read(type)
                : throw Failure($"{Subject} refuses: {answer.Message ?? $"it answered with status {(int)answer.Status}"}.");
        }
        catch (NoAnswerException exception)
        {
            throw Failure($"{Subject}: {exception.Message}.");
        }
        catch (JsonException)
        {
            throw Failure($"{Subject}: {ServiceAnswer.Stranger}.");
        }
    }

    public void Dispose() => _link.Dispose();

    private static CommandFailureException Failure(string message) => new(message, ExitCodes.Unavailable);
}
