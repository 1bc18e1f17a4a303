using System.Globalization;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests;

/// <summary>
/// What NIST's tool printed at <c>-vv</c>: lines like <c>Literal Lag Prediction Estimate: P_global = 0.0052</c>, found by all that stands before
/// the equals sign.
/// </summary>
internal sealed class ToolOutput
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ToolOutput(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var at = line.LastIndexOf('=');
            if (at > 0)
                _values[line[..at].Trim()] = line[(at + 1)..].Trim();
            Lines.Add(line);
        }
    }

    /// <summary>The lines as printed.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The names of all values.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The printed text of a value.</summary>
    public string this[string name] => _values[name];

    public static ToolOutput Parse(string text) => new(text.Split('\n'));

    /// <summary>Reads a file below the folder of the vector files, such as <c>sp80090b/rand8_short.noniid.vv.txt</c>.</summary>
    public static ToolOutput Read(string relativePath)
    {
        using var reader = new StreamReader(Vectors.Open(relativePath));
        return Parse(reader.ReadToEnd());
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A value as a number.</summary>
    public double Number(string name) => double.Parse(this[name], CultureInfo.InvariantCulture);

    /// <summary>Asserts an integer that must be identical.</summary>
    public void AssertInteger(string name, long actual) => Assert.Equal(this[name], actual.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Asserts a double that must be identical to all the digits that were printed of it: 17 of a double. Those that the tool prints with 22 digits
    /// are long doubles, of which a double keeps the first 16.
    /// </summary>
    public void AssertDouble(string name, double actual, double relativeTolerance = 0)
    {
        var expected = Number(name);
        Assert.True(
            Math.Abs(actual - expected) <= relativeTolerance * Math.Abs(expected),
            $"{name}: expected {expected:R}, was {actual:R}, relative difference {(actual - expected) / expected:E2}"
        );
    }
}
