namespace OpenEntropy.Noise;

/// <summary>
/// A noise source with its digitization (SP 800-90B, 2.2.1): it emits raw 8-bit samples and nothing derived from several of them.
/// The health tests are not its business: <see cref="Health.EntropySource"/> is the only caller of <see cref="Collect"/> and tests every sample.
/// All members run on the source's own thread, so a source may block without harm to anything but itself.
/// </summary>
/// <remarks>
/// A source in this assembly has a public constructor that takes a <see cref="NoiseContext"/> or nothing, and is found by
/// <see cref="NoiseSourceCatalog"/>. Others are handed to <see cref="EntropyPoolOptions.AdditionalSources"/>.
/// </remarks>
public abstract class NoiseSource
{
    /// <summary>What is fixed about this source.</summary>
    public abstract NoiseSourceInfo Info { get; }

    /// <summary>Why this machine does not have the phenomenon, in one clause without a full stop; null where it has.</summary>
    /// <remarks>Cheap, opens nothing, may be asked at any time.</remarks>
    public virtual string? WhyUnavailable() => null;

    /// <summary>Acquires what <see cref="Collect"/> needs and warms it up. Called before the first collection and again after a failure.</summary>
    /// <exception cref="NoiseSourceException">The device cannot be had.</exception>
    protected internal virtual void Open() { }

    /// <summary>
    /// Takes measurements one after the other and writes each as one digitized sample.
    /// The workload is fixed: nothing random or secret chooses addresses, sizes or branches. Allocates nothing.
    /// </summary>
    /// <param name="samples">Receives the samples; its length is chosen so that a collection lasts about a millisecond, at least 1.</param>
    /// <returns>The number of samples written; fewer than asked only where the device had no more.</returns>
    /// <exception cref="NoiseSourceException">The device failed.</exception>
    protected internal abstract int Collect(Span<byte> samples);

    /// <summary>Gives back what <see cref="Open"/> acquired. Called once after each successful or failed opening.</summary>
    protected internal virtual void Close() { }
}

/// <summary>A noise source's device cannot be had or has failed.</summary>
/// <param name="message">What failed, in one sentence.</param>
/// <param name="inner">The cause, if another exception reported it.</param>
public sealed class NoiseSourceException(string message, Exception? inner = null) : Exception(message, inner);
