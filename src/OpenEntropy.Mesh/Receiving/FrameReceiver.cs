using System.Collections.Frozen;
using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;

namespace OpenEntropy.Mesh.Receiving;

/// <summary>
/// Decides which frames are opened: the cheapest question first, and nothing of a stranger's reaches the private keys. What it gives is to be mixed with zero
/// credit, whoever sent it. For several threads.
/// </summary>
internal sealed class FrameReceiver : IDisposable
{
    /// <summary>The file of what came.</summary>
    public const string FileName = "mesh-received";

    /// <summary>Numbers of one sender that are noted on disk ahead: after a process was killed at most as many of its frames are refused as replays.</summary>
    public const int Ahead = 64;

    /// <summary>The range of the clock skew that is accepted.</summary>
    public static readonly TimeSpan MinimumSkew = TimeSpan.FromSeconds(1);

    /// <summary>The range of the clock skew that is accepted.</summary>
    public static readonly TimeSpan MaximumSkew = TimeSpan.FromHours(1);

    private readonly NodeIdentity _self;
    private readonly TimeProvider _time;
    private readonly long _skew;
    private readonly SequenceFile _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, ReplayWindow> _windows = [];
    private readonly long[] _counts = new long[Enum.GetValues<FrameVerdict>().Length];
    private FrozenDictionary<NodeId, NodePublic> _admitted = FrozenDictionary<NodeId, NodePublic>.Empty;

    /// <summary>A receiver that admits nobody yet.</summary>
    /// <param name="self">This node; not disposed of here.</param>
    /// <param name="files">Where it is noted what came.</param>
    /// <param name="time">This node's clock.</param>
    /// <param name="skew">How far a frame's time may be from it either way: one second to one hour.</param>
    /// <exception cref="NodeStorageException">The file of what came is damaged.</exception>
    public FrameReceiver(NodeIdentity self, NodeFiles files, TimeProvider time, TimeSpan skew)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(skew, MinimumSkew);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skew, MaximumSkew);
        (_self, _time, _skew) = (self, time, (long)skew.TotalMilliseconds);
        _file = new SequenceFile(files, FileName);
    }

    /// <summary>How many frames had a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    public long this[FrameVerdict verdict] => Interlocked.Read(ref _counts[(int)verdict]);

    /// <summary>Admits these nodes, and no others from now on. What came of a node is remembered also while it is not admitted.</summary>
    /// <param name="nodes">Other nodes.</param>
    /// <exception cref="ArgumentException">One is this node, or stands there twice, or there are more than <see cref="SequenceFile.MaximumNodes"/>.</exception>
    public void Admit(IReadOnlyCollection<NodePublic> nodes)
    {
        if (nodes.Count > SequenceFile.MaximumNodes)
            throw new ArgumentException($"At most {SequenceFile.MaximumNodes} nodes are admitted, not {nodes.Count}.", nameof(nodes));
        if (nodes.Any(node => node.Id == _self.Public.Id))
            throw new ArgumentException("A node does not admit itself: what it sends it never mixes.", nameof(nodes));
        Volatile.Write(ref _admitted, nodes.ToDictionary(node => node.Id).ToFrozenDictionary());
    }

    /// <summary>Receives a frame.</summary>
    /// <param name="frame">Bytes from anywhere.</param>
    /// <param name="content">What was in it, the caller's to mix with zero credit and to dispose of; null unless it was accepted.</param>
    /// <param name="sender">Who sent it; meaningless unless it was accepted.</param>
    /// <returns>The verdict, which was counted.</returns>
    public FrameVerdict Receive(ReadOnlySpan<byte> frame, out FrameContent? content, out NodeId sender)
    {
        var verdict = Judge(frame, out content, out sender);
        Interlocked.Increment(ref _counts[(int)verdict]);
        return verdict;
    }

    /// <summary>Notes exactly what came, so that the next process accepts what comes next.</summary>
    /// <exception cref="IOException">The system refuses; what was noted ahead holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses; what was noted ahead holds.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_windows.Any(each => each.Value.Highest > 0))
                _file.Write(_windows.Where(each => each.Value.Highest > 0).Select(each => (each.Key, each.Value.Highest)));
            _windows.Clear();
        }
    }

    private FrameVerdict Judge(ReadOnlySpan<byte> frame, out FrameContent? content, out NodeId sender)
    {
        (content, sender) = (null, default);
        if (frame.Length > FrameLayout.MaximumBytes)
            return FrameVerdict.Oversize;
        try
        {
            var header = FrameHeader.Read(frame);
            sender = header.Sender;
            if (header.Recipient != _self.Public.Id)
                return FrameVerdict.NotForMe;
            if (!Volatile.Read(ref _admitted).TryGetValue(header.Sender, out var node))
                return FrameVerdict.UnknownNode;
            if (Math.Abs(header.Time - _time.GetUtcNow().ToUnixTimeMilliseconds()) > _skew)
                return FrameVerdict.ClockSkew;
            lock (_gate)
            {
                if (!Window_NeedsLock(header.Sender).IsNew(header.Sequence))
                    return FrameVerdict.Replay;
            }

            if (!FrameOpener.IsSigned(frame, node))
                return FrameVerdict.BadSignature;
            content = FrameOpener.TryOpen(frame, header, node, _self);
            if (content is null)
                return FrameVerdict.Undecryptable;
            var verdict = Note(header);
            if (verdict != FrameVerdict.Accepted)
                Forget(ref content);
            return verdict;
        }
        catch (FrameFormatException)
        {
            Forget(ref content);
            return FrameVerdict.Malformed;
        }
    }

    // Only now: a number that somebody else made up moves no window.
    private FrameVerdict Note(FrameHeader header)
    {
        lock (_gate)
        {
            var window = Window_NeedsLock(header.Sender);
            if (!window.IsNew(header.Sequence))
                return FrameVerdict.Replay; // the same frame, on two threads
            try
            {
                if (header.Sequence > _file[header.Sender])
                    _file.Write((header.Sender, Math.Min(header.Sequence + Ahead, FrameLayout.MaximumSequence)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return FrameVerdict.NotStored;
            }

            window.TryAccept(header.Sequence);
            return FrameVerdict.Accepted;
        }
    }

    // Only of admitted nodes, so that their number is bounded by the configuration.
    private ReplayWindow Window_NeedsLock(NodeId node)
    {
        if (!_windows.TryGetValue(node, out var window))
            _windows[node] = window = new ReplayWindow(_file[node]);
        return window;
    }

    private static void Forget(ref FrameContent? content)
    {
        content?.Dispose();
        content = null;
    }
}
