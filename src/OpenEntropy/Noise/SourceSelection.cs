using System.IO.Enumeration;
using OpenEntropy.Health;

namespace OpenEntropy.Noise;

/// <summary>
/// The grammar by which sources are selected: names, categories, globs, <c>fast</c>, <c>slow</c>, <c>all</c>, separated by commas. A name
/// also selects its sub-sources (<c>hardware_trng</c>: <c>hardware_trng.rdseed</c> …). A category leaves opt-in sources out, since nobody who
/// writes <c>hardware</c> need have thought of the microphone; names, globs and <c>all</c> take them. How fast a source is shows only when it runs, so
/// <c>fast</c> and <c>slow</c> select every source that is not opt-in, on that condition.
/// </summary>
internal static class SourceSelection
{
    private const int MaximumSuggestions = 3;
    private const string Fast = "fast";
    private const string Slow = "slow";
    private static readonly string[] s_words = ["all", Fast, Slow];

    /// <summary>Finds what a selection names.</summary>
    /// <param name="selection">The terms.</param>
    /// <param name="sources">What there is.</param>
    /// <param name="selected">What is selected, in the order of the sources.</param>
    /// <returns>Null, or one sentence about the first term that names nothing.</returns>
    public static string? Select(string selection, IReadOnlyList<NoiseSourceInfo> sources, out IReadOnlyList<SelectedSource> selected)
    {
        var speeds = new Dictionary<string, SourceSpeed>(StringComparer.Ordinal);
        var byName = new HashSet<string>(StringComparer.Ordinal);
        selected = [];
        var terms = selection.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (terms.Length == 0)
            return "the selection is empty";

        foreach (var term in terms)
        {
            var matches = sources.Where(source => Matches(term, source)).Select(source => source.Name).ToList();
            if (
                matches.Count == 0
                && !s_words.Contains(term, StringComparer.OrdinalIgnoreCase)
                && !sources.Any(source => IsOf(term, source))
            )
                return Unknown(term, sources);
            byName.UnionWith(matches.Where(name => IsNamed(term, name)));
            var speed = SpeedOf(term);

            // Named by anything else, or by both words, it stays whatever its speed.
            foreach (var name in matches)
                speeds[name] = speeds.GetValueOrDefault(name, speed) == speed ? speed : SourceSpeed.Unknown;
        }

        selected =
        [
            .. sources
                .Where(source => speeds.ContainsKey(source.Name))
                .Select(source => new SelectedSource(source.Name, speeds[source.Name], byName.Contains(source.Name))),
        ];
        return null;
    }

    /// <summary>Names, categories and words that resemble a term, nearest first.</summary>
    /// <param name="term">What was written.</param>
    /// <param name="sources">What there is.</param>
    public static IReadOnlyList<string> Near(string term, IReadOnlyList<NoiseSourceInfo> sources) =>
        Nearest(term, sources.Select(source => source.Name).Concat(Enum.GetValues<NoiseCategory>().Select(CategoryName)).Concat(s_words));

    /// <summary>Where one source is meant: the sub-sources that a name stands for, or else the names that resemble it, nearest first.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="sources">What there is.</param>
    public static IReadOnlyList<string> NearNames(string name, IReadOnlyList<NoiseSourceInfo> sources)
    {
        var names = sources.Select(source => source.Name).ToList();
        var parts = names.FindAll(each => each.StartsWith(name + ".", StringComparison.Ordinal));
        return parts.Count > 0 ? parts : Nearest(name, names);
    }

    /// <summary>A category as users write it.</summary>
    /// <param name="category">The category.</param>
    public static string CategoryName(NoiseCategory category) =>
        category == NoiseCategory.CrossDomain ? "cross_domain" : category.ToString().ToLowerInvariant();

    private static IReadOnlyList<string> Nearest(string term, IEnumerable<string> names) =>
        [
            .. names
                .Select(name => (name, distance: EditDistance.Between(term, name)))
                .Where(candidate => candidate.distance <= Math.Max(2, term.Length / 3) || IsPart(term, candidate.name))
                .OrderBy(candidate => candidate.distance)
                .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
                .Take(MaximumSuggestions)
                .Select(candidate => candidate.name),
        ];

    private static bool Matches(string term, NoiseSourceInfo source) =>
        term.ToLowerInvariant() switch
        {
            "all" => true,
            Fast or Slow => !source.OptIn,
            var name when name.Contains('*', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal) =>
                FileSystemName.MatchesSimpleExpression(name, source.Name),
            _ => IsNamed(term, source.Name) || (IsOf(term, source) && !source.OptIn),
        };

    private static bool IsNamed(string term, string name) =>
        name.Equals(term, StringComparison.OrdinalIgnoreCase) || name.StartsWith(term + ".", StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(string category, NoiseSourceInfo source) =>
        CategoryName(source.Category).Equals(category, StringComparison.OrdinalIgnoreCase);

    private static SourceSpeed SpeedOf(string term) =>
        term.ToLowerInvariant() switch
        {
            Fast => SourceSpeed.Fast,
            Slow => SourceSpeed.Slow,
            _ => SourceSpeed.Unknown,
        };

    private static string Unknown(string term, IReadOnlyList<NoiseSourceInfo> sources)
    {
        var near = Near(term, sources);
        var hint = near.Count == 0 ? "; names and categories are listed by /sources" : $"; near names: {string.Join(", ", near)}";
        return $"'{term}' names no noise source and no category{hint}";
    }

    private static bool IsPart(string term, string name) => term.Length >= 3 && name.Contains(term, StringComparison.OrdinalIgnoreCase);
}
