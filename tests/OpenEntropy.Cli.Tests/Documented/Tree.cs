using System.Reflection;

namespace OpenEntropy.Cli.Tests.Documented;

/// <summary>The tree that these tests were built from.</summary>
internal static class Tree
{
    /// <summary>Its root.</summary>
    public static string Root { get; } =
        typeof(Tree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Tree").Value!;

    /// <summary>Files below a folder, those that were built left out.</summary>
    /// <param name="folder">The folder, from the root.</param>
    /// <param name="pattern">The pattern of their names.</param>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));
}
