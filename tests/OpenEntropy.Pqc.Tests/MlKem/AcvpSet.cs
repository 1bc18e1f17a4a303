using System.IO.Compression;
using System.Text.Json;
using OpenEntropy.Tests;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>A file of NIST's Automated Cryptographic Validation Protocol.</summary>
internal static class AcvpSet
{
    /// <summary>The tests of a parameter set and, where the file has several, of a function.</summary>
    /// <param name="folder">The file's folder below <c>acvp/</c>.</param>
    /// <param name="parameterSet">The standard's name of it.</param>
    /// <param name="function">ACVP's name of it; null where the file has one only.</param>
    /// <returns>Never none.</returns>
    public static IReadOnlyList<JsonElement> Read(string folder, string parameterSet, string? function = null)
    {
        using var file = new GZipStream(Vectors.Open($"acvp/{folder}/internalProjection.json.gz"), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(file);
        var groups = document.RootElement.GetProperty("testGroups").EnumerateArray();
        var group = groups.Single(group =>
            group.GetProperty("parameterSet").GetString() == parameterSet
            && (function is null || group.GetProperty("function").GetString() == function)
        );
        return [.. group.GetProperty("tests").EnumerateArray().Select(test => test.Clone())];
    }

    /// <summary>A member in hexadecimal.</summary>
    /// <param name="test">The test.</param>
    /// <param name="name">The member.</param>
    public static byte[] Bytes(this JsonElement test, string name) => Convert.FromHexString(test.GetProperty(name).GetString()!);
}
