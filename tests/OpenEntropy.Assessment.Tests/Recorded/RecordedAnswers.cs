namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>
/// What another program printed for the data made by formula, kept with the tests so that a fresh clone has known answers too. A file has a header
/// in prose, then lines <c>data set | what was printed</c>, and for each data set <c>data set | SHA-256 = …</c>, which says what the data are.
/// </summary>
internal sealed class RecordedAnswers
{
    private readonly Dictionary<string, ToolOutput> _outputs;

    private RecordedAnswers(IEnumerable<string> lines) =>
        _outputs = lines
            .Select(line => line.Split(" | ", 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], parts => parts[1], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => ToolOutput.Parse(string.Join('\n', group)), StringComparer.Ordinal);

    /// <summary>What <c>ea_non_iid -vv</c> printed for each of <see cref="FormulaData"/>.</summary>
    public static RecordedAnswers NonIid { get; } = Read("NonIid.txt");

    /// <summary>The statistics and p-values of NIST's STS for each of <see cref="FormulaBits"/>.</summary>
    public static RecordedAnswers Sp80022 { get; } = Read("Sp80022.txt");

    /// <summary>The data sets of which something is recorded.</summary>
    public IEnumerable<string> Names => _outputs.Keys;

    /// <summary>What was printed for one of them.</summary>
    public ToolOutput this[string name] => _outputs[name];

    private static RecordedAnswers Read(string file)
    {
        var type = typeof(RecordedAnswers);
        using var stream =
            type.Assembly.GetManifestResourceStream($"{type.Namespace}.{file}")
            ?? throw new InvalidOperationException($"The tests were built without {file}.");
        using var reader = new StreamReader(stream);
        return new RecordedAnswers(reader.ReadToEnd().Split('\n'));
    }
}
