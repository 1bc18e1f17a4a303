using System.Buffers.Text;
using System.Security.Cryptography;
using OpenEntropy.Mesh.Frames;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Mesh.Nodes;

/// <summary>The public keys of a node, as other nodes are configured with.</summary>
internal sealed class NodePublic
{
    /// <summary>What a node's line begins with; version 1.</summary>
    public const string Prefix = "openentropy-node-1";

    /// <summary>Bytes of the keys: ML-DSA-65, ML-KEM-768, x and y of the point on P-256, in this order.</summary>
    public const int Bytes = SigningBytes + EncapsulationBytes + FrameLayout.PointBytes;

    private const int SigningBytes = 1952;
    private const int EncapsulationBytes = 1184;
    private const int HexDigits = 2 * FrameLayout.IdBytes;

    private readonly byte[] _encoded;

    private NodePublic(byte[] encoded)
    {
        _encoded = encoded;
        Verification = MlDsaPublicKey.FromBytes(MlDsaParameters.MlDsa65, encoded.AsSpan(0, SigningBytes));
        byte[] labelled = [.. "OpenEntropy mesh node 1"u8, .. encoded];
        Id = NodeId.FromBytes(SHA256.HashData(labelled));
    }

    /// <summary>What the node is known by.</summary>
    public NodeId Id { get; }

    /// <summary>All keys.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>Verifies its frames.</summary>
    public MlDsaPublicKey Verification { get; }

    /// <summary>ek of ML-KEM-768.</summary>
    public ReadOnlySpan<byte> EncapsulationKey => _encoded.AsSpan(SigningBytes, EncapsulationBytes);

    /// <summary>x and y on P-256.</summary>
    public ReadOnlySpan<byte> Point => _encoded.AsSpan(SigningBytes + EncapsulationBytes);

    /// <summary>The line that other nodes are configured with: the prefix, the id, which is also the checksum, and the keys in base64url, with colons between.</summary>
    public string Line => $"{Prefix}:{Id.Hex}:{Base64Url.EncodeToString(_encoded)}";

    /// <summary>Of keys.</summary>
    /// <param name="encoded"><see cref="Bytes"/> bytes.</param>
    /// <exception cref="FrameFormatException">A key is none.</exception>
    public static NodePublic FromBytes(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length != Bytes)
            throw new FrameFormatException("node.keys", $"has {Bytes} bytes, not {encoded.Length}");
        var node = new NodePublic(encoded.ToArray());
        if (!MlKemFunctions.IsEncapsulationKey(MlKemParameters.MlKem768, node.EncapsulationKey))
            throw new FrameFormatException("node.keys", "has no key of ML-KEM-768 after that of ML-DSA-65");
        if (!P256Key.IsPoint(node.Point))
            throw new FrameFormatException("node.keys", "does not end with a point of P-256");
        return node;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without white space around it.</param>
    /// <exception cref="FrameFormatException">It is none, or a character of it is another: the id is a hash of the keys.</exception>
    public static NodePublic Parse(string line)
    {
        var keysAt = Prefix.Length + HexDigits + 2;
        if (!line.StartsWith(Prefix + ":", StringComparison.Ordinal))
            throw new FrameFormatException("node", $"begins with {Prefix}:");
        if (line.Length < keysAt || line[keysAt - 1] != ':')
            throw new FrameFormatException("node.id", $"has {HexDigits} lower-case digits and a colon after them");
        if (line.Length != keysAt + Base64Url.GetEncodedLength(Bytes))
            throw new FrameFormatException(
                "node.keys",
                $"has {Base64Url.GetEncodedLength(Bytes)} characters, not {line.Length - keysAt}: was the line cut?"
            );
        var encoded =
            CanonicalBase64Url.Decode(line.AsSpan(keysAt))
            ?? throw new FrameFormatException("node.keys", "is not base64url without padding");
        var given = line.AsSpan(keysAt - 1 - HexDigits, HexDigits);
        var node = new NodePublic(encoded);
        if (!given.SequenceEqual(node.Id.Hex))
            throw new FrameFormatException("node.id", "is not that of the keys after it: copy the line again");
        return FromBytes(encoded);
    }
}
