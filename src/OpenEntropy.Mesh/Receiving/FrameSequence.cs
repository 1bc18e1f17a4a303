using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;

namespace OpenEntropy.Mesh.Receiving;

/// <summary>The numbers of this node's own frames, each given once, over restarts too: a range is on disk before its first number is given.</summary>
internal sealed class FrameSequence
{
    /// <summary>The file.</summary>
    public const string Name = "mesh-sent";

    /// <summary>Numbers reserved at once; after the end of the process at most as many are left out.</summary>
    public const int Range = 1024;

    private readonly Lock _gate = new();
    private readonly SequenceFile _file;
    private readonly NodeId _node;
    private long _last;
    private long _reserved;

    /// <summary>Goes on after what was reserved before.</summary>
    /// <param name="files">Where it is stored.</param>
    /// <param name="node">This node.</param>
    /// <exception cref="NodeStorageException">The file is damaged.</exception>
    public FrameSequence(NodeFiles files, NodeId node)
    {
        (_file, _node) = (new SequenceFile(files, Name), node);
        _last = _reserved = _file[node];
    }

    /// <summary>The next number.</summary>
    /// <exception cref="IOException">The range cannot be written, or there are no more numbers.</exception>
    /// <exception cref="UnauthorizedAccessException">The range cannot be written.</exception>
    public long Next()
    {
        lock (_gate)
        {
            if (_last == FrameLayout.MaximumSequence)
                throw new IOException("the node has given every sequence number there is");
            if (_last == _reserved)
            {
                var reserved = Math.Min(_reserved + Range, FrameLayout.MaximumSequence);
                _file.Write((_node, reserved));
                _reserved = reserved;
            }

            return ++_last;
        }
    }
}
