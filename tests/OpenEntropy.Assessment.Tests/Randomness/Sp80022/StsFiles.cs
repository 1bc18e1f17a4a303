using System.Globalization;
using System.IO.Compression;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Tests;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>What NIST's program wrote of the binary digits of e and pi, and the digits.</summary>
internal static class StsFiles
{
    /// <summary>The first binary digits of "e" or "pi".</summary>
    public static BitSequence Digits(string number, int length = 1_000_000)
    {
        using var file = new GZipStream(Vectors.Open($"sp80022/data.{number}.gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        return BitSequence.FromBits([.. reader.ReadToEnd().Where(char.IsAsciiDigit).Take(length).Select(digit => (byte)(digit - '0'))]);
    }

    /// <summary>All p-values of a test.</summary>
    public static double[] Results(string number, string test) =>
        [.. Lines($"sp80022/{number}/{test}.results").Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>The figures of a test after their signs of equality, in their order, but for those of single p-values.</summary>
    public static double[] Statistics(string number, string test) =>
        [
            .. Lines($"sp80022/{number}/{test}.stats")
                .Where(line =>
                    !line.StartsWith("SUCCESS", StringComparison.Ordinal) && !line.StartsWith("FAILURE", StringComparison.Ordinal)
                )
                .Select(line => line[(line.LastIndexOf('=') + 1)..])
                .Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var figure) ? figure : double.NaN)
                .Where(double.IsFinite),
        ];

    public static string[] Lines(string relativePath)
    {
        using var reader = new StreamReader(Vectors.Open(relativePath));
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
    }
}
