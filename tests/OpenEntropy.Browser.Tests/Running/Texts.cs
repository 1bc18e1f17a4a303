using System.Text.RegularExpressions;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>Texts that are expected in part.</summary>
internal static class Texts
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(1);

    /// <summary>What matches an expression, which the browser reads as JavaScript does.</summary>
    /// <param name="expression">The expression.</param>
    public static Regex Matching(string expression) => new(expression, RegexOptions.None, s_bound);
}
