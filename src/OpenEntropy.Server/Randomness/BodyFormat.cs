namespace OpenEntropy.Server.Randomness;

/// <summary>How the body is written.</summary>
internal enum BodyFormat
{
    /// <summary>The ANU object.</summary>
    Json,

    /// <summary>The bytes themselves.</summary>
    Bytes,

    /// <summary>Two lower-case digits a byte, without a break.</summary>
    Hex,

    /// <summary>RFC 4648, section 4, padded, without a break.</summary>
    Base64,

    /// <summary>The elements that JSON would hold, each unquoted on a line of its own.</summary>
    Lines,

    /// <summary>A JWS whose payload is the receipt with the elements; chosen by <c>Accept</c> alone.</summary>
    Jose,
}
