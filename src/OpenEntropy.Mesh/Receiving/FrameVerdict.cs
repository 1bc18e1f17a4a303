namespace OpenEntropy.Mesh.Receiving;

/// <summary>What became of a frame. Each is counted.</summary>
internal enum FrameVerdict
{
    /// <summary>It was opened.</summary>
    Accepted,

    /// <summary>Longer than a frame can be.</summary>
    Oversize,

    /// <summary>No frame, or one whose sender wrote its content wrongly.</summary>
    Malformed,

    /// <summary>For another node.</summary>
    NotForMe,

    /// <summary>Of a node that is not admitted.</summary>
    UnknownNode,

    /// <summary>Its time is too far from this node's.</summary>
    ClockSkew,

    /// <summary>Its number came already, or is too old to tell.</summary>
    Replay,

    /// <summary>Its sender did not sign it as it is.</summary>
    BadSignature,

    /// <summary>Signed, and yet encrypted for another node or between others.</summary>
    Undecryptable,

    /// <summary>That it came could not be noted on disk, so that it might come again.</summary>
    NotStored,
}
