namespace OpenEntropy.Noise.Hardware;

/// <summary>One sensor's value as sysfs writes it: a decimal number, perhaps negative, and a line feed. Pure.</summary>
internal static class SensorReading
{
    /// <summary>The most characters of a value: a sign, 19 digits and a line feed, rounded up.</summary>
    public const int MaximumBytes = 32;

    /// <summary>Reads a value; false where the text is something else.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        text = text.TrimEnd((byte)'\n');
        value = 0;
        return System.Buffers.Text.Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
    }
}
