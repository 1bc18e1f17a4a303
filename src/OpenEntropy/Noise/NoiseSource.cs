namespace OpenEntropy.Noise;

/// <summary>
/// A noise source with its digitization (SP 800-90B, 2.2.1): it emits raw 8-bit samples and nothing derived from several of them.
/// The health tests are not its business: samples leave it only through <see cref="Health.EntropySource"/>, which tests every one of them.
/// <see cref="Open"/>, <see cref="Collect"/> and <see cref="Close"/> are called on the source's own thread alone, by
/// <see cref="NoiseSourceSession"/>, so they may block without harm to anything but the source itself; so may <see cref="WhyUnavailable"/>, which has a
/// thread of its own each time it is asked (<see cref="SourceLook"/>). <see cref="Info"/> is called on whichever thread makes a pool or asks.
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
    /// <remarks>Cheap, opens nothing, may be asked at any time and on any thread. While it gives no answer the source is unavailable.</remarks>
    public virtual string? WhyUnavailable() => null;

    /// <summary>Acquires what <see cref="Collect"/> needs and warms it up. Called before the first collection and again after a failure.</summary>
    /// <exception cref="NoiseSourceException">The device cannot be had.</exception>
    protected internal virtual void Open() { }

    /// <summary>
    /// Takes measurements one after the other and writes each as one digitized sample.
    /// The workload is fixed: nothing random or secret chooses addresses, sizes or branches. Allocates nothing.
    /// </summary>
    /// <param name="samples">
    /// Receives the samples, at least 1. Its length is chosen so that a collection lasts about a millisecond, or a tenth of one where the source
    /// earns nothing, and in its start-up test about 20 ms while the pool is being filled and about 4 ms later. The first sample after each opening
    /// shows only that the source gives any: it is thrown away untested.
    /// </param>
    /// <returns>
    /// The number of samples written; fewer than asked only where the device had no more, none only where it <see cref="NoiseSourceInfo.MayBeSilent"/>.
    /// </returns>
    /// <exception cref="NoiseSourceException">The device failed.</exception>
    protected internal abstract int Collect(Span<byte> samples);

    /// <summary>
    /// Gives back what <see cref="Open"/> acquired. Called once after each opening, also one that threw, which therefore need not clean up
    /// after itself: this must cope with whatever part of it came about.
    /// </summary>
    protected internal virtual void Close() { }
}

/// <summary>A noise source's device cannot be had or has failed.</summary>
/// <param name="message">What failed, in one sentence.</param>
/// <param name="inner">The cause, if another exception reported it.</param>
public sealed class NoiseSourceException(string message, Exception? inner = null) : Exception(message, inner);
