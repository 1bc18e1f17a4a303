namespace OpenEntropy.Benchmarks.Running;

/// <summary>Prints the figures as they come, in one table.</summary>
/// <param name="output">Where to.</param>
/// <param name="isLong">Whether loads last as long as the targets ask.</param>
internal sealed class Report(TextWriter output, bool isLong)
{
    /// <summary>Whether loads last as long as the targets ask.</summary>
    public bool IsLong => isLong;

    private readonly List<string> _past = [];

    /// <summary>Measurements that could not be made.</summary>
    public int Failures { get; private set; }

    /// <summary>Rows whose figure is past its bound, with both.</summary>
    public IReadOnlyList<string> Past => _past;

    /// <summary>Makes the measurements one after the other. One that cannot be made is said and counted, and the others go on.</summary>
    /// <param name="measurements">What to measure.</param>
    public async Task RunAsync(IReadOnlyList<Measurement> measurements)
    {
        Line($"{Environment.ProcessorCount} processors, load average {(await File.ReadAllTextAsync("/proc/loadavg")).Trim()}");
        Row("measurement", "figure", "compared with", "ratio", "target");
        foreach (var measurement in measurements)
        {
            try
            {
                await measurement(this);
            }
            catch (MeasurementException exception)
            {
                Failures++;
                Line($"NOT MEASURED: {exception.Message}");
            }
        }

        foreach (var row in _past)
            Line($"PAST ITS BOUND: {row}");
    }

    /// <summary>One line of the table whose figure is judged: past its bound, the program fails and names the line.</summary>
    /// <param name="judged">The figure, or the ratio, in the unit of the bound.</param>
    /// <param name="bound">What it is to reach.</param>
    /// <param name="measurement">What was measured.</param>
    /// <param name="figure">Its value and unit.</param>
    /// <param name="comparison">What it is compared with, and the value of that.</param>
    /// <param name="ratio">The figure divided by the comparison.</param>
    public void Judged(double judged, Bound bound, string measurement, string figure, string comparison = "", string ratio = "")
    {
        Row(measurement, figure, comparison, ratio, bound.Text);
        if (!bound.Holds(judged))
            _past.Add($"{measurement.Trim()}: {(ratio.Length > 0 ? ratio : figure)}, {bound.Text}");
    }

    /// <summary>One line of the table.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="figure">Its value and unit.</param>
    /// <param name="comparison">What it is compared with, and the value of that.</param>
    /// <param name="ratio">The figure divided by the comparison; with ×, how many times as fast.</param>
    /// <param name="target">What is to be reached.</param>
    public void Row(string measurement, string figure, string comparison = "", string ratio = "", string target = "") =>
        Line($"{measurement, -42} {figure, 18}   {comparison, -42} {ratio, 6}   {target}");

    /// <summary>One line of text.</summary>
    /// <param name="text">The text.</param>
    public void Line(string text) => output.WriteLine(text.TrimEnd());
}

/// <summary>A measurement could not be made.</summary>
/// <param name="message">Why, in one sentence.</param>
internal sealed class MeasurementException(string message) : Exception(message);
