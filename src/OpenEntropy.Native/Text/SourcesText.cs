using System.Text.Json;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Native.Text;

/// <summary>All noise sources, in catalog order.</summary>
internal sealed record SourcesText(IReadOnlyList<SourceText> Sources)
{
    /// <summary>Of a pool at this moment, UTF-8.</summary>
    /// <param name="pool">The pool.</param>
    public static byte[] Of(EntropyPool pool) =>
        JsonSerializer.SerializeToUtf8Bytes(new SourcesText([.. pool.Status.Sources.Select(SourceText.Of)]), ReadableJson.Form.SourcesText);

    /// <summary>Of this machine: what each source is and whether it is there. No device is opened, nothing is harvested, no file is written.</summary>
    public static byte[] OfMachine()
    {
        var pool = new EntropyPool();
        try
        {
            return Of(pool);
        }
        finally
        {
            pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}

/// <summary>One noise source. Entropies in bits per 8-bit sample, time in seconds; those of the latest samples are for display alone.</summary>
internal sealed record SourceText(
    string Name,
    NoiseCategory Category,
    bool Available,
    bool Healthy,
    SourceState State,
    string? Reason,
    long Bytes,
    double Entropy,
    double MinEntropy,
    double CollisionEntropy,
    double ClaimedMinEntropy,
    double Time,
    long Failures,
    IReadOnlyDictionary<string, long> FailuresByTest,
    long RawBytes,
    double CreditedBits,
    double SamplesPerSecond,
    bool? Fast,
    bool OptIn,
    bool Private,
    NoiseOrigin Origin,
    string Mechanism,
    string Digitization,
    string ClaimBasis
)
{
    public static SourceText Of(EntropySourceStatus status) =>
        new(
            status.Info.Name,
            status.Info.Category,
            status.State != SourceState.Unavailable,
            status.Healthy,
            status.State,
            status.Reason,
            status.Samples,
            status.ShannonEntropy,
            status.MostCommonValueEntropy,
            status.CollisionEntropy,
            status.ClaimedMinEntropy,
            status.CollectionSeconds,
            status.Failures.Values.Sum(),
            status.Failures,
            status.RawSamples,
            status.CreditedBits,
            status.SamplesPerSecond,
            status.Speed == SourceSpeed.Unknown ? null : status.Speed == SourceSpeed.Fast,
            status.Info.OptIn,
            status.Info.Private,
            status.Info.Origin,
            status.Info.Mechanism,
            status.Info.Digitization,
            status.Info.ClaimBasis
        );
}
