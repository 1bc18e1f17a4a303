using System.CommandLine;

namespace OpenEntropy.Cli.Options;

/// <summary>How many raw samples a command takes of a source, and for how long it tries.</summary>
internal sealed class TrialOptions
{
    private readonly NumberOption<int> _samples;
    private readonly NumberOption<double> _time;

    /// <param name="samples">Samples where nothing is said.</param>
    /// <param name="seconds">Seconds where nothing is said.</param>
    public TrialOptions(int samples, double seconds)
    {
        _samples = new NumberOption<int>("--samples", samples, 1_024, 10_000_000, "Raw samples of each source.");
        _time = new NumberOption<double>("--time", seconds, 0.1, 86_400, "Seconds that each source has for them; a slow one gives fewer.");
    }

    /// <summary>Adds both to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_samples);
        command.Add(_time);
    }

    /// <summary>Reads what was given.</summary>
    public (int Samples, TimeSpan Limit) Read(ParseResult parsed) =>
        (parsed.GetValue(_samples), TimeSpan.FromSeconds(parsed.GetValue(_time)));
}
