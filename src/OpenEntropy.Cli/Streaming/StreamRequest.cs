using OpenEntropy.Cli.Bytes;

namespace OpenEntropy.Cli.Streaming;

/// <summary>What <c>stream</c> was asked for.</summary>
/// <param name="Sources">The selection.</param>
/// <param name="Quality">What is given.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Bytes">How many random bytes; 0: without end.</param>
/// <param name="Rate">How many a second at most; null: as many as there are.</param>
internal sealed record StreamRequest(string Sources, OutputQuality Quality, ByteForm Form, long Bytes, long? Rate);
