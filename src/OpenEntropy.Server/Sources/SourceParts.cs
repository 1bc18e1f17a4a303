using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Server.Sources;

/// <summary>The answer of <c>/sources</c>.</summary>
/// <param name="Sources">Every source of the catalog.</param>
/// <param name="Total">How many.</param>
/// <param name="Note">What the entropies are and are not.</param>
internal sealed record SourceListBody(IReadOnlyList<SourceBody> Sources, int Total, string Note);

/// <summary>A failure of a source.</summary>
/// <param name="Time">When it was noticed.</param>
/// <param name="Reason">What happened.</param>
internal sealed record FailureBody(DateTimeOffset Time, string Reason);

/// <summary>A setting that a source reads at the start of the service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its configuration key.</param>
/// <param name="Description">What it does, its range and its default.</param>
internal sealed record SettingBody(string Name, string Key, string Description)
{
    public static SettingBody From(NoiseSourceInfo source, NoiseSetting setting) =>
        new(setting.Name, $"{SourcesOptions.Section}:{nameof(SourcesOptions.Settings)}:{source.Name}:{setting.Name}", setting.Description);
}

/// <summary>The cutoffs of the two continuous tests (SP 800-90B, 4.4): counts of samples, of the window W for the adaptive proportion test.</summary>
internal sealed record CutoffsBody(
    double MinEntropy,
    int Window,
    int RepetitionIntermittent,
    int RepetitionPermanent,
    int ProportionIntermittent,
    int ProportionPermanent
)
{
    public static CutoffsBody? From(HealthCutoffs? cutoffs) =>
        cutoffs is null
            ? null
            : new CutoffsBody(
                cutoffs.MinEntropy,
                HealthCutoffs.Window,
                cutoffs.RepetitionIntermittent,
                cutoffs.RepetitionPermanent,
                cutoffs.ProportionIntermittent,
                cutoffs.ProportionPermanent
            );
}
