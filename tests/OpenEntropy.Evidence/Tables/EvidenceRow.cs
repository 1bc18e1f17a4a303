using System.Globalization;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Evidence.Sources;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Tables;

/// <summary>What the recordings of one source showed; of several the one with the lowest figure.</summary>
internal sealed class EvidenceRow
{
    private readonly List<(int Round, string Why)> _troubles = [];
    private string[] _remarks = []; // on the recording that counts
    private int _rounds;
    private int _counting; // the round of that recording, from 1

    private EvidenceRow(NoiseSource source) => (Source, WhyWithout) = (source, SelectedSources.WhyWithout(source));

    /// <summary>The source.</summary>
    public NoiseSource Source { get; }

    /// <summary>Why it is not recorded, as the table says it; null where it is.</summary>
    public string? WhyWithout { get; }

    /// <summary>True where a recording ended in a failure.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>True where a recording did not come back; the source may not be recorded again.</summary>
    public bool Hangs { get; private set; }

    /// <summary>Samples in the recording that counts.</summary>
    public int Samples { get; private set; }

    /// <summary>Samples a second in that recording.</summary>
    public double SamplesPerSecond { get; private set; }

    /// <summary>Assessed min-entropy, bits per sample; null where none was, and <see cref="Note"/> says why.</summary>
    public double? Assessed { get; private set; }

    /// <summary>What the start-up test said, with the cutoffs the service would use.</summary>
    public string Startup { get; private set; } = "";

    /// <summary>
    /// What there is to say besides, in clauses; empty where nothing is. A round that failed or gave nothing leaves its trace here, whichever counts.
    /// </summary>
    public string Note => string.Join("; ", _remarks.Concat(Troubles()));

    /// <summary>The recording in a line.</summary>
    public string Summary =>
        Samples == 0
            ? Note
            : $"{Samples:N0} samples, {SamplesPerSecond:N0} a second, {Assessed?.ToString("0.000", CultureInfo.InvariantCulture) ?? "no"} bits per sample, start-up test {Startup}"
                + (Note.Length > 0 ? $"; {Note}" : "");

    /// <summary>A row without a recording.</summary>
    public static EvidenceRow Of(NoiseSource source) => new(source);

    /// <summary>Takes note of a recording.</summary>
    /// <returns>True where it is the one that counts from now on.</returns>
    public bool Add(SourceRecording recording)
    {
        _rounds++;
        HasFailed |= recording.HasFailed;
        Hangs |= recording.Hangs;
        if (recording.HasFailed || recording.Samples.Length == 0)
            _troubles.Add((_rounds, recording.Shortfall ?? "it gave no sample"));
        var (figure, why) = Assess(recording);
        if (recording.Samples.Length == 0 || (Samples > 0 && !(figure < (Assessed ?? double.PositiveInfinity))))
            return false;

        _counting = _rounds;
        Samples = recording.Samples.Length;
        SamplesPerSecond = recording.SamplesPerSecond;
        Assessed = figure;
        Startup = Test(recording);
        _remarks = [.. new[] { why, recording.Shortfall, Excess(recording.Source.ClaimedMinEntropy, figure) }.OfType<string>()];
        return true;
    }

    /// <summary>Of the rounds that do not count, in the order in which each reason came first; that of the one that counts is said already.</summary>
    private IEnumerable<string> Troubles() =>
        _troubles
            .Where(trouble => trouble.Round != _counting)
            .GroupBy(trouble => trouble.Why, trouble => trouble.Round, StringComparer.Ordinal)
            .Select(rounds =>
                _rounds == 1 ? rounds.Key : $"round{(rounds.Count() > 1 ? "s" : "")} {string.Join(", ", rounds)}: {rounds.Key}"
            );

    private static (double? Figure, string? Why) Assess(SourceRecording recording)
    {
        if (recording.Source.Origin is NoiseOrigin.OperatingSystem or NoiseOrigin.Vendor)
            return (null, "not assessed: a generator's output says nothing of its seed");
        if (recording.Samples.Length < NonIidAssessment.MinimumSamples)
            return (null, $"not assessed: fewer than {NonIidAssessment.MinimumSamples:N0} samples");
        if (recording.Samples.AsSpan().IndexOfAnyExcept(recording.Samples[0]) < 0)
            return (0, "one symbol only");
        var samples = SampleSet.FromSamples(recording.Samples, SampleSet.MaximumSymbolBits);
        return (NonIidAssessment.Run(samples).MinEntropy, null);
    }

    /// <summary>What a figure says against a claim, which is at most an eighth of it; null where it says nothing.</summary>
    /// <param name="claim">Bits per sample.</param>
    /// <param name="figure">Assessed min-entropy, bits per sample; null where there is none.</param>
    internal static string? Excess(double claim, double? figure) =>
        claim <= 0 || figure is not { } bits ? null
        : 2 * claim > bits ? "**the claim is above half of this figure**"
        : 8 * claim > bits ? "the claim is above an eighth of this figure"
        : null;

    /// <summary>The service's own tests over the whole recording, with the cutoffs of its default α.</summary>
    private static string Test(SourceRecording recording)
    {
        var options = new HealthOptions();
        var info = recording.Source;
        if (EntropyClaim.Cutoffs(info, EntropyClaim.Of(info, creditVendors: false), options) is not { } cutoffs)
            return "total failure only";

        var tests = new ContinuousTests(cutoffs);
        var first = Math.Min(ContinuousTests.StartupSamples, recording.Samples.Length);
        var startup = tests.Test(recording.Samples.AsSpan(0, first));
        if (!tests.StartupPassed)
            return startup.Cause is { } cause ? $"failed: {cause}" : "too few samples";
        var rest = tests.Test(recording.Samples.AsSpan(first));
        var alarms = rest.Repetition + rest.Proportion;
        return alarms == 0 ? "passed" : $"passed, {alarms:N0} alarms later";
    }
}
