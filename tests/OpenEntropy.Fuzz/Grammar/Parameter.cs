using System.Text.RegularExpressions;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>A query parameter as the API reference has it, read anew here and not with the service's code.</summary>
/// <param name="name">Its name.</param>
/// <param name="legal">A pattern that legal values match as a whole and no other value does.</param>
/// <param name="samples">Legal values, those most often wanted more than once.</param>
internal sealed class Parameter(string name, string legal, params string[] samples)
{
    // Without backtracking, so that no value takes long; the time is for a machine that is busy with other things.
    private readonly Regex _legal = new(
        $@"\A(?:{legal})\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
        TimeSpan.FromMinutes(10)
    );

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Legal values.</summary>
    public IReadOnlyList<string> Samples => samples;

    /// <summary>The most characters of a value.</summary>
    public int Longest { get; init; } = 256;

    /// <summary>What a pattern cannot say of its values; null: nothing.</summary>
    public Func<string, bool>? Rule { get; init; }

    /// <summary>Whether a decoded value is one it can have.</summary>
    /// <param name="value">The value.</param>
    public bool Allows(string value) => value.Length <= Longest && _legal.IsMatch(value) && Rule?.Invoke(value) != false;
}
