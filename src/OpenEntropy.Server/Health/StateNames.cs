using System.Text.Json;

namespace OpenEntropy.Server.Health;

/// <summary>States, categories and origins as the API and the metrics write them: <c>permanently_failed</c>, <c>cross_domain</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal static class StateNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>()
        .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    /// <summary>Every value with its name.</summary>
    public static IReadOnlyDictionary<T, string> All => Names;

    /// <summary>One value's name.</summary>
    /// <param name="value">The value.</param>
    public static string Of(T value) => Names[value];
}
