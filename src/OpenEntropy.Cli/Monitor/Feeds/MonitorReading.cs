using OpenEntropy.Server.Pool;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Feeds;

/// <summary>All figures at one moment, in the shapes of the service's own answers.</summary>
/// <param name="Pool">The accounts, as <c>/pool/status</c> has them.</param>
/// <param name="Sources">The sources in catalog order, as <c>/sources</c> has them.</param>
internal sealed record MonitorReading(PoolBody Pool, IReadOnlyList<SourceBody> Sources);

/// <summary>Raw samples of one source, or why there are none.</summary>
/// <param name="Samples">The samples, in their order; empty where there are none.</param>
/// <param name="Why">Why there are none, in one sentence; null where there are.</param>
/// <param name="IsSlow">True where asking for fewer may help.</param>
/// <param name="IsForbidden">True where no source's raw samples are served, so that asking again is vain.</param>
internal sealed record RawSamples(ReadOnlyMemory<byte> Samples, string? Why = null, bool IsSlow = false, bool IsForbidden = false);
