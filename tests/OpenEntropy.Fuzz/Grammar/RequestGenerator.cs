using System.Text;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>Makes requests: a third are right by themselves, a third have something wrong in them, a third are torn at anywhere.</summary>
internal static class RequestGenerator
{
    private const int Manners = 3;

    /// <summary>The request of a try.</summary>
    /// <param name="seed">The seed of all tries.</param>
    /// <param name="number">The try.</param>
    public static FuzzRequest Make(ulong seed, long number)
    {
        var choices = new Xorshift(seed, number);
        var route = RouteTable.Choose(choices);
        var path = route.Path.Replace("{name}", choices.One(HostileText.PathParts), StringComparison.Ordinal);
        var method = route.Method == "GET" && choices.Once(10) ? "HEAD" : route.Method;
        var request = new FuzzRequest(route, method, path, MakeParts(route, choices), MakeHeaders(route, choices));
        return route.MakeBody is null ? request : request with { Body = route.MakeBody(choices) };
    }

    /// <summary>The parts of a query string.</summary>
    /// <param name="route">Whose parameters they are, or nearly.</param>
    /// <param name="choices">The choices.</param>
    public static IReadOnlyList<string> MakeParts(Route route, Xorshift choices) =>
        choices.Below(Manners) switch
        {
            0 => MakeRight(route, choices),
            1 => MakeWrong(route, choices),
            _ => Mutation.Of(choices.Once(2) ? MakeRight(route, choices) : MakeWrong(route, choices), choices),
        };

    /// <summary>The <c>Accept</c> header of a try: mostly none.</summary>
    /// <param name="choices">The choices.</param>
    public static string MakeAccept(Xorshift choices) =>
        !choices.Once(4) ? ""
        : choices.Once(4) ? Mutation.OfHeader(choices.One(HostileHeaders.Accepts), choices)
        : choices.One(HostileHeaders.Accepts);

    // Each parameter at most once, with a legal value; together they may still contradict each other.
    private static List<string> MakeRight(Route route, Xorshift choices)
    {
        var left = new List<Parameter>(route.Parameters);
        var parts = new List<string>();
        for (var count = choices.Below(5); count > 0 && left.Count > 0; count--)
        {
            var parameter = choices.One(left);
            left.Remove(parameter);
            parts.Add($"{Escape(parameter.Name, choices)}={Escape(choices.One(parameter.Samples), choices)}");
        }

        return parts;
    }

    private static List<string> MakeWrong(Route route, Xorshift choices)
    {
        var parts = new List<string>();
        for (var count = choices.Once(50) ? 40 : choices.Below(5); count >= 0; count--)
        {
            var parameter = route.Parameters.Length > 0 && !choices.Once(6) ? choices.One(route.Parameters) : null;
            var name = parameter?.Name ?? choices.One(HostileText.Names);
            var value = parameter is null || choices.Once(3) ? choices.One(HostileText.Values) : choices.One(parameter.Samples);
            parts.Add(choices.Once(30) ? name : $"{name}={value}");
        }

        return parts;
    }

    // The same text, written in another way.
    private static string Escape(string text, Xorshift choices)
    {
        if (!choices.Once(10))
            return text;
        var escaped = new StringBuilder();
        foreach (var c in text)
            _ = choices.Once(3) ? escaped.Append($"%{(int)c:X2}") : escaped.Append(c);
        return escaped.ToString();
    }

    private static List<string> MakeHeaders(Route route, Xorshift choices)
    {
        var headers = new List<string>();
        if (MakeAccept(choices) is { Length: > 0 } accept)
            headers.Add(FuzzRequest.Accepts(accept));
        if (choices.Once(10))
            headers.Add(choices.One(route.Method == "GET" ? HostileHeaders.Others : HostileHeaders.OthersOfPost));
        return headers;
    }
}
