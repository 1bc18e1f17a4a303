namespace OpenEntropy.Mesh.Nodes;

/// <summary>A file of the node is damaged, open to others, or cannot be opened: the message names it and says what to do.</summary>
internal sealed class NodeStorageException : Exception
{
    /// <summary>Without a message.</summary>
    public NodeStorageException()
        : this("a file of the node is damaged") { }

    /// <summary>With a message.</summary>
    /// <param name="message">One sentence.</param>
    public NodeStorageException(string message)
        : base(message) { }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause.</param>
    public NodeStorageException(string message, Exception innerException)
        : base(message, innerException) { }
}
