namespace OpenEntropy.Mesh.Frames;

/// <summary>Bytes that are no frame, or a text that is no node: the message names the field and its range.</summary>
internal sealed class FrameFormatException : FormatException
{
    /// <summary>Of nothing in particular.</summary>
    public FrameFormatException()
        : this("the frame is none") { }

    /// <summary>With a message.</summary>
    /// <param name="message">One sentence.</param>
    public FrameFormatException(string message)
        : base(message) => Field = "";

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause.</param>
    public FrameFormatException(string message, Exception innerException)
        : base(message, innerException) => Field = "";

    /// <summary>Of a field.</summary>
    /// <param name="field">Its name in docs/mesh-frames.md.</param>
    /// <param name="range">What it is, as the predicate of a sentence: "is 1 to 3, not 7".</param>
    public FrameFormatException(string field, string range)
        : base($"{field} {range}") => Field = field;

    /// <summary>The field; empty where the message is of none.</summary>
    public string Field { get; }
}
