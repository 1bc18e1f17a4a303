using System.Security.Cryptography;

namespace OpenEntropy.Mesh.Frames;

/// <summary>The encrypted part of a frame. Dispose it to zero the payload.</summary>
/// <param name="health">What the node says of itself.</param>
/// <param name="sources">At most 128, in ascending ordinal order of their names, each once.</param>
/// <param name="payload">
/// Generator output made for this one frame: 32, 64, 128, 256, 512 or 1,024 bytes that the sender never mixes itself, gives to nobody else and zeroes. It is
/// this object's from now on.
/// </param>
internal sealed class FrameContent(FrameHealth health, IReadOnlyList<FrameSource> sources, byte[] payload) : IDisposable
{
    /// <summary>What the node says of itself.</summary>
    public FrameHealth Health => health;

    /// <summary>The sender's sources.</summary>
    public IReadOnlyList<FrameSource> Sources => sources;

    /// <summary>Bytes to be mixed with zero credit.</summary>
    public ReadOnlySpan<byte> Payload => payload;

    /// <summary>Zeroes the payload.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(payload);
}
