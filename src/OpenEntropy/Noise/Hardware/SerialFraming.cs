namespace OpenEntropy.Noise.Hardware;

/// <summary>How a generator on a serial port sends what it makes.</summary>
internal enum SerialFraming
{
    /// <summary>Bytes.</summary>
    Raw,

    /// <summary>Lines of hexadecimal bytes.</summary>
    Hex,

    /// <summary>Lines of whole numbers.</summary>
    Lines,
}
