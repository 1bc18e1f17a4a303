namespace OpenEntropy.Server.Limits;

/// <summary>Says of a route that its answers last for as long as their clients stay: each is counted as a stream.</summary>
internal sealed class StreamingMetadata;
