using OpenEntropy.Mesh.Frames;

namespace OpenEntropy.Mesh.Nodes;

/// <summary>
/// What a node is known by: SHA-256 over a label and all its public keys, so that no other key to verify or encrypt with can be put beside one that is trusted.
/// </summary>
/// <param name="Hex">64 lower-case digits.</param>
internal readonly record struct NodeId(string Hex)
{
    /// <summary>An id of its bytes.</summary>
    /// <param name="bytes">32 bytes.</param>
    public static NodeId FromBytes(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(bytes));

    /// <summary>Writes its bytes.</summary>
    /// <param name="target">32 bytes or more.</param>
    public void Write(Span<byte> target) => Convert.FromHexString(Hex, target[..FrameLayout.IdBytes], out _, out _);

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;
}
