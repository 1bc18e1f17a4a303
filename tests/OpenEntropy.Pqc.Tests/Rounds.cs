using System.Globalization;

namespace OpenEntropy.Pqc.Tests;

/// <summary>How many random cases are compared with other implementations: as many as fit into a run of all tests, or a multiple of that.</summary>
internal static class Rounds
{
    /// <summary>The environment variable that names the multiple, a whole number from 1.</summary>
    public const string Variable = "OPENENTROPY_PQC_ROUNDS";

    private static readonly int s_multiple = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
        ? Math.Max(1, int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture))
        : 1;

    /// <summary>The cases of this run.</summary>
    /// <param name="usual">Without the variable.</param>
    public static int Of(int usual) => usual * s_multiple;
}
