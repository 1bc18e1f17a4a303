using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>
/// Tries query strings on the parser of <c>/api/v1/random</c> alone, with characters too that no web server passes on. A finding is an exception, a request
/// outside its bounds, a refusal without a reason, and whatever the second reading of the API reference, <see cref="Asked"/>, sees otherwise.
/// </summary>
internal static class ParserHunt
{
    private const int MostKinds = 10;
    private const int LongestMessage = 400;

    // Other choices than those of the requests over HTTP with the same number.
    private const ulong OwnSeed = 0x7061727365720000;

    private static readonly Limits[] s_limits =
    [
        Limits.Small,
        Limits.Small with
        {
            AllowRaw = true,
        },
        Limits.Shipped,
        Limits.Shipped with
        {
            AllowRaw = true,
        },
    ];

    /// <summary>Runs the hunt and tells what it found.</summary>
    /// <param name="options">What to try.</param>
    /// <param name="output">Where to.</param>
    /// <returns>The number of findings.</returns>
    public static int Run(FuzzOptions options, TextWriter output)
    {
        var findings = new ConcurrentDictionary<string, Finding>(StringComparer.Ordinal);
        var accepted = 0L;
        var started = Stopwatch.GetTimestamp();
        Parallel.For(
            options.From,
            options.From + options.ParserTries,
            (number, state) =>
            {
                var (request, limits) = Make(options.Seed, number);
                if (FindFault(request, limits, ref accepted) is { } fault)
                    findings.TryAdd(Finding.KindOf(fault), new Finding(number, request, fault));
                if (findings.Count >= MostKinds)
                    state.Stop();
            }
        );
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{options.ParserTries} query strings for the parser in {seconds:0.0} s, {accepted} of them accepted"
            )
        );
        foreach (var finding in findings.Values)
        {
            var limits = Make(options.Seed, finding.Number).Limits;
            var small = Shrinking
                .ShrinkAsync(finding, request => Task.FromResult(FindFault(request, limits, ref accepted)))
                .GetAwaiter()
                .GetResult();
            output.WriteLine($"FOUND by the parser alone: {small.Fault}\n  {small.Request}\n  with {limits}");
            output.WriteLine($"  again: --seed {options.Seed} --from {finding.Number} --tries 0 --parser-tries 1");
        }

        return findings.Count;
    }

    /// <summary>What is wrong with the parser's judgement; null: nothing.</summary>
    /// <param name="request">The query string and the <c>Accept</c> header.</param>
    /// <param name="limits">The limits in force.</param>
    /// <param name="accepted">Counts the requests that stand.</param>
    internal static string? FindFault(FuzzRequest request, Limits limits, ref long accepted)
    {
        bool stands;
        RandomRequest parsed;
        RequestError? error;
        try
        {
            stands = RandomRequest.TryParse(request.Query, request.Accept, limits.ToOptions(), out parsed, out error);
        }
        catch (Exception exception)
        {
            return $"the parser threw: {exception.Message}";
        }

        if (!stands)
            return FindRefusalFault(request, limits, error);
        Interlocked.Increment(ref accepted);
        if (
            error is not null
            || parsed.Length < 1
            || parsed.TotalBytes < 1
            || parsed.TotalBytes > (parsed.CountsBytes ? limits.MaxBytes : limits.MaxJsonBytes)
        )
            return "a request outside its bounds was accepted";
        var asked = Asked.Read(request.Route, request.Query, Name(parsed.Format), limits, out var status);
        return asked is null ? $"a request that does not stand was accepted: {status}"
            : asked == Told(parsed) ? null
            : $"a request was read as another: {Told(parsed)}";
    }

    private static string? FindRefusalFault(FuzzRequest request, Limits limits, RequestError? error)
    {
        if (error is not { Message.Length: > 0 and < LongestMessage, Field.Length: >= 0 })
            return "a refusal gives no reason, or a long one";
        var statuses = new List<int>();
        foreach (var accepted in request.Accept.Length == 0 ? ["json"] : new[] { "json", "bytes", "hex", "jose" })
        {
            _ = Asked.Read(request.Route, request.Query, accepted, limits, out var status);
            statuses.Add(status);
        }

        return statuses.Contains(error.Status) ? null : $"a refusal is {error.Status}, not {statuses[0]}: {error.Message}";
    }

    private static Asked Told(RandomRequest request) =>
        new(
            request.Length,
            Name(request.Type),
            request.Size,
            Name(request.Format),
            Name(request.Conditioning),
            request.Fresh,
            (int)request.Timeout.TotalSeconds,
            request.Source,
            request.Receipt,
            request.Rate
        );

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static (FuzzRequest Request, Limits Limits) Make(ulong seed, long number)
    {
        var choices = new Xorshift(seed ^ OwnSeed, number);
        var parts = RequestGenerator.MakeParts(RouteTable.Random, choices);
        if (parts.Count > 0 && choices.Once(20))
            parts =
            [
                .. parts.Skip(1),
                parts[0].Insert(choices.Below(parts[0].Length + 1), ((char)choices.Below(char.MaxValue + 1)).ToString()),
            ];
        var accept = RequestGenerator.MakeAccept(choices);
        var headers = accept.Length > 0 ? [FuzzRequest.Accepts(accept)] : new List<string>();
        return (new FuzzRequest(RouteTable.Random, "GET", RouteTable.Random.Path, parts, headers), choices.One(s_limits));
    }
}
