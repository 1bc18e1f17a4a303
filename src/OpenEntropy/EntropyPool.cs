using OpenEntropy.Health;

namespace OpenEntropy;

/// <summary>An entropy pool: noise in, tested, conditioned, and generated.</summary>
public sealed class EntropyPool : IAsyncDisposable
{
    /// <summary>A pool that does not harvest yet; <see cref="RunAsync"/> does.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="time">Null: the system's.</param>
    /// <exception cref="EntropyConfigurationException">The options contradict each other or name what does not exist.</exception>
    public EntropyPool(EntropyPoolOptions? options = null, TimeProvider? time = null) => throw new NotSupportedException();

    /// <summary>The accounts at this moment.</summary>
    public EntropyPoolStatus Status => throw new NotSupportedException();

    /// <summary>A pool that harvests on threads of its own until it is disposed.</summary>
    /// <param name="options">Null: the defaults.</param>
    public static EntropyPool Start(EntropyPoolOptions? options = null) => throw new NotSupportedException();

    /// <summary>Harvests until stopped. Called once.</summary>
    /// <param name="stop">Stops the harvest; the pool goes on giving what its seeds allow.</param>
    public Task RunAsync(CancellationToken stop) => throw new NotSupportedException();

    /// <summary>Fills with <c>drbg</c> bytes; before the first seed it waits up to <see cref="Drbg.DrbgOptions.StartTimeout"/>.</summary>
    /// <param name="destination">Any length.</param>
    /// <exception cref="EntropyUnavailableException">Nothing can be given; the destination is zeroed.</exception>
    public void GetBytes(Span<byte> destination) => throw new NotSupportedException();

    /// <summary>Fills with <c>drbg</c> bytes and never waits.</summary>
    /// <param name="destination">Any length; zeroed on refusal.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public EntropyRefusal? TryGetBytes(Span<byte> destination) => throw new NotSupportedException();

    /// <summary>Fills with <c>drbg</c> bytes, each generate call of at most 65,536 bytes after a reseed of its own (prediction resistance).</summary>
    /// <param name="destination">At most <see cref="MaximumFreshBytes"/> bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait for the blocks it needs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> TryGetFreshBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>The most bytes one call of <see cref="TryGetFreshBytesAsync"/> gives: a reseed for every 65,536 bytes, from a full pool.</summary>
    public long MaximumFreshBytes => throw new NotSupportedException();

    /// <summary>Fills with entropy-limited bytes: seed blocks XOR generator output, so that every bit is backed by credited entropy.</summary>
    /// <param name="destination">At most <see cref="MaximumLimitedBytes"/> bytes; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait for the blocks it needs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> TryGetLimitedBytesAsync(Memory<byte> destination, TimeSpan timeout, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>The most bytes one call of <see cref="TryGetLimitedBytesAsync"/> gives: what a full pool backs.</summary>
    public long MaximumLimitedBytes => throw new NotSupportedException();

    /// <summary>
    /// Which sources raw output would come from: one source, or several whose streams are XORed byte by byte.
    /// Generators, counters and vendors' devices are never members of several, since they would whiten or dilute them.
    /// </summary>
    /// <param name="selection">Names, categories or globs, separated by commas; null: every enabled source that may be a member.</param>
    /// <param name="members">The sources' names.</param>
    /// <param name="error">One sentence when the selection names nothing that exists; near names are in it.</param>
    public bool TrySelectRaw(string? selection, out IReadOnlyList<string> members, out string? error) => throw new NotSupportedException();

    /// <summary>Fills with raw samples that earn no credit and enter no block, whatever the sources' health.</summary>
    /// <param name="members">From <see cref="TrySelectRaw"/>.</param>
    /// <param name="destination">Receives the samples of one source, or the XOR of several; zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> TryGetRawAsync(
        IReadOnlyList<string> members,
        Memory<byte> destination,
        TimeSpan timeout,
        CancellationToken cancellation
    ) => throw new NotSupportedException();

    /// <summary>One source at this moment; null where no source has that name.</summary>
    /// <param name="name">Its name.</param>
    public EntropySourceStatus? FindSource(string name) => throw new NotSupportedException();

    /// <summary>Names that resemble a name that does not exist, nearest first, at most three.</summary>
    /// <param name="name">What was asked for.</param>
    public IReadOnlyList<string> NearNames(string name) => throw new NotSupportedException();

    /// <summary>Stops the harvest, closes every source and zeroes all state.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
