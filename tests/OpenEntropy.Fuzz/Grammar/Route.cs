using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>One route that is tried.</summary>
/// <param name="Path">Its path; <c>{name}</c> stands for a part that is made up.</param>
/// <param name="Weight">How often it is tried, against the others.</param>
/// <param name="Parameters">What it takes.</param>
internal sealed record Route(string Path, int Weight, params Parameter[] Parameters)
{
    /// <summary>Whether parameters that are unknown, repeated or of another value than theirs are refused; otherwise they are passed over.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>
    /// Whether unknown parameters are passed over and of a repeated one the first counts, whose value is refused where it is not one of its own.
    /// </summary>
    public bool TakesFirst { get; init; }

    /// <summary>Names of parameters that are refused where others are passed over: another route takes them.</summary>
    public IReadOnlyList<string> Refuses { get; init; } = [];

    /// <summary>The most characters of a value with escapes.</summary>
    public int LongestEscaped { get; init; } = 256;

    /// <summary>Whether a 200 has no end: its beginning is read, and the connection closed.</summary>
    public bool IsEndless { get; init; }

    /// <summary>What is wrong with a 200 to a request, beyond what holds for all routes; null: nothing.</summary>
    public Func<FuzzRequest, RawAnswer, Limits, string?>? Check { get; init; }

    /// <summary>GET, of which a tenth is HEAD, or POST.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Makes the bodies of POST; null: there are none.</summary>
    public Func<Xorshift, FuzzBody>? MakeBody { get; init; }

    /// <summary>What success is.</summary>
    public IReadOnlyList<int> Successes { get; init; } = [200];

    /// <summary>How it refuses beside 400, 403 and 503.</summary>
    public IReadOnlyList<int> RefusalStatuses { get; init; } = [];

    /// <summary>What its refusals are about beside its parameters.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Whether 503 is an answer to all that it is asked, and not only where seed blocks or samples are wanted.</summary>
    public bool MayLackEntropy { get; init; }

    /// <summary>The parameter of a name; null where there is none.</summary>
    /// <param name="name">Decoded; case counts.</param>
    public Parameter? Find(string name) => Array.Find(Parameters, each => each.Name == name);
}
