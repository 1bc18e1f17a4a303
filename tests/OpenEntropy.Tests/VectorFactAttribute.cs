using Xunit;

namespace OpenEntropy.Tests;

/// <summary>A test that needs the vector files: skipped where <c>OPENENTROPY_VECTORS</c> does not name their folder.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VectorFactAttribute : FactAttribute
{
    public VectorFactAttribute() => Skip = Vectors.SkipReason;
}

/// <inheritdoc cref="VectorFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VectorTheoryAttribute : TheoryAttribute
{
    public VectorTheoryAttribute() => Skip = Vectors.SkipReason;
}

/// <summary>Where the vector files are.</summary>
internal static class Vectors
{
    public const string Variable = "OPENENTROPY_VECTORS";

    private static readonly string? Folder = Environment.GetEnvironmentVariable(Variable);

    public static string? SkipReason => string.IsNullOrEmpty(Folder) ? $"{Variable} does not name the folder of the vector files." : null;

    /// <summary>A file below the folder. A folder that was named but lacks the file is a failure, not a skip.</summary>
    public static FileStream Open(string relativePath) =>
        File.OpenRead(Path.Combine(Folder ?? throw new InvalidOperationException(SkipReason), relativePath));
}
