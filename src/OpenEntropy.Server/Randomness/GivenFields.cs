namespace OpenEntropy.Server.Randomness;

/// <summary>The parameters a request gave, whatever their values.</summary>
[Flags]
internal enum GivenFields
{
    /// <summary>No parameter.</summary>
    None = 0,

    /// <summary><c>length</c>.</summary>
    Length = 1,

    /// <summary><c>type</c>.</summary>
    Type = 2,

    /// <summary><c>size</c>.</summary>
    Size = 4,

    /// <summary><c>raw</c>.</summary>
    Raw = 8,

    /// <summary><c>conditioning</c>.</summary>
    Conditioning = 16,

    /// <summary><c>source</c>.</summary>
    Source = 32,

    /// <summary><c>fresh</c>.</summary>
    Fresh = 64,

    /// <summary><c>timeout</c>.</summary>
    Timeout = 128,

    /// <summary><c>format</c>.</summary>
    Format = 256,

    /// <summary><c>receipt</c>.</summary>
    Receipt = 512,

    /// <summary><c>rate</c>.</summary>
    Rate = 1024,
}
