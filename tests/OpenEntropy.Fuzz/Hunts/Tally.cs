using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>What answers there were.</summary>
internal sealed partial class Tally
{
    private readonly ConcurrentDictionary<int, long> _statuses = new();
    private readonly ConcurrentDictionary<string, long> _messages = new(StringComparer.Ordinal);

    /// <summary>Distinct refusals, whatever they repeat of a request.</summary>
    public IEnumerable<(string Message, long Count)> Messages =>
        _messages.OrderByDescending(each => each.Value).Select(each => (each.Key, each.Value));

    /// <summary>Counts an answer.</summary>
    /// <param name="answer">The answer.</param>
    public void Count(RawAnswer answer)
    {
        _statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        if (answer.Status >= 400 && answer.Body.Length > 0)
            _messages.AddOrUpdate(Sentence(Encoding.UTF8.GetString(answer.Body)), 1, (_, count) => count + 1);
    }

    /// <summary>The statuses and how often each came.</summary>
    public override string ToString() =>
        string.Join(
            ", ",
            _statuses.OrderBy(each => each.Key).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key}: {each.Value}"))
        ) + $"; {_messages.Count} distinct refusals";

    private static string Sentence(string body) => Encoded().Replace(Echoes().Replace(body, "'…'"), "${head}…${tail}");

    [GeneratedRegex("'.*'", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Echoes();

    [GeneratedRegex(
        "(?<head>\"(message|detail)\":\").*(?<tail> must be percent-encoded UTF-8.*)",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        10_000
    )]
    private static partial Regex Encoded();
}
