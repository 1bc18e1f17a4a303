using System.Text;

namespace OpenEntropy.Server.Documentation;

/// <summary>Names of operations, which generated clients make methods of: from method and path, so that no route is without one and none changes by accident.</summary>
internal static class OperationName
{
    /// <summary>The name: <c>POST /sources/{name}/enable</c> is <c>post_sources_by_name_enable</c>.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path with its parameters in braces.</param>
    public static string Of(HttpMethod method, string path)
    {
        var name = new StringBuilder(method.Method);
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            name.Append(segment.StartsWith('{') ? "_by" : "");
            foreach (var word in segment.Split(['{', '}', '-', '.', '*', ':'], StringSplitOptions.RemoveEmptyEntries))
            {
                name.Append('_').Append(word);
            }
        }

        return name.ToString().ToLowerInvariant();
    }
}
