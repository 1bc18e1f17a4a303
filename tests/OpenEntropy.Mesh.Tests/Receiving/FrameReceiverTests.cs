using System.Buffers.Binary;
using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Mesh.Receiving;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Receiving;

public sealed class FrameReceiverTests
{
    [Fact]
    public void Receive_OfAnAdmittedNode_GivesItsContent()
    {
        using var bench = new Bench();
        Assert.Equal(FrameVerdict.Accepted, bench.Receiver.Receive(Node.Frame(Node.Ada, Node.Bert), out var content, out var sender));
        Assert.Equal(Node.Ada.Public.Id, sender);
        Assert.True(content!.Payload.SequenceEqual(Node.Bytes(32, 132)));
        Assert.Equal(1, bench.Receiver[FrameVerdict.Accepted]);
        content.Dispose();
        Assert.True(content.Payload.SequenceEqual(new byte[32]));
    }

    [Fact]
    public void Receive_AnyByteChanged_IsRefusedAndTheWholeOneIsAcceptedAfterwards()
    {
        using var bench = new Bench();
        var frame = Node.Frame(Node.Ada, Node.Bert);
        for (var at = 0; at < frame.Length; at++)
        {
            frame[at] ^= (byte)(1 << (at % 8));
            Assert.NotEqual(FrameVerdict.Accepted, bench.Receiver.Receive(frame, out var content, out _));
            Assert.Null(content);
            frame[at] ^= (byte)(1 << (at % 8));
        }

        Assert.Equal(FrameVerdict.Accepted, bench.Take(frame));
    }

    [Fact]
    public void Receive_EachReason_IsCounted()
    {
        using var bench = new Bench();
        Assert.Equal(FrameVerdict.Oversize, bench.Take(new byte[FrameLayout.MaximumBytes + 1]));
        Assert.Equal(FrameVerdict.Malformed, bench.Take(new byte[FrameLayout.MaximumBytes]));
        Assert.Equal(FrameVerdict.Malformed, bench.Take([]));
        Assert.Equal(FrameVerdict.NotForMe, bench.Take(Node.Frame(Node.Ada, Node.Mallory)));
        Assert.Equal(FrameVerdict.UnknownNode, bench.Take(Node.Frame(Node.Mallory, Node.Bert)));
        Assert.Equal(FrameVerdict.ClockSkew, bench.Take(Node.Frame(Node.Ada, Node.Bert, late: TimeSpan.FromSeconds(60.001))));
        Assert.Equal(FrameVerdict.ClockSkew, bench.Take(Node.Frame(Node.Ada, Node.Bert, late: TimeSpan.FromSeconds(-60.001))));
        Assert.Equal(FrameVerdict.BadSignature, bench.Take(Node.SignedBy(Node.Mallory, Node.Frame(Node.Ada, Node.Bert))));
        Assert.Equal(FrameVerdict.Accepted, bench.Take(Node.Frame(Node.Ada, Node.Bert, late: TimeSpan.FromSeconds(60))));
        Assert.Equal(FrameVerdict.Replay, bench.Take(Node.Frame(Node.Ada, Node.Bert, late: TimeSpan.FromSeconds(60))));
        Assert.Equal([1, 1, 2, 1, 1, 2, 1, 1, 0, 0], Enum.GetValues<FrameVerdict>().Select(verdict => bench.Receiver[verdict]));
    }

    /// <summary>An admitted node takes another's frame, puts its own name and signature on it, and claims the content.</summary>
    [Fact]
    public void Receive_AnothersFrameSignedAsOnesOwn_DoesNotOpen()
    {
        using var bench = new Bench(Node.Ada, Node.Mallory);
        var frame = Node.Frame(Node.Ada, Node.Bert);
        Node.Mallory.Public.Id.Write(frame.AsSpan(8));
        Assert.Equal(FrameVerdict.Undecryptable, bench.Take(Node.SignedBy(Node.Mallory, frame)));
    }

    /// <summary>What one node was sent is not passed on to another as sent to it, even by the sender itself.</summary>
    [Fact]
    public void Receive_AFrameForAnotherRenamedToMe_DoesNotOpen()
    {
        using var bench = new Bench();
        var frame = Node.Frame(Node.Ada, Node.Mallory);
        Node.Bert.Public.Id.Write(frame.AsSpan(40));
        Assert.Equal(FrameVerdict.BadSignature, bench.Take(frame));
        Assert.Equal(FrameVerdict.Undecryptable, bench.Take(Node.SignedBy(Node.Ada, frame)));
    }

    [Theory]
    [InlineData(79)] // number
    [InlineData(87)] // time
    [InlineData(88)] // ciphertext of ML-KEM
    [InlineData(1176)] // point, which is then none
    [InlineData(1240)] // encrypted part
    public void Receive_ChangedAndSignedAgainByItsSender_DoesNotOpen(int at)
    {
        using var bench = new Bench();
        var frame = Node.Frame(Node.Ada, Node.Bert);
        frame[at] ^= 2;
        Assert.Equal(FrameVerdict.Undecryptable, bench.Take(Node.SignedBy(Node.Ada, frame)));
    }

    [Fact]
    public void Receive_AfterARestart_AcceptsNothingAgainAndWhatIsNext()
    {
        using var folder = new TemporaryFolder();
        var (one, two, four) = (Frame(1), Frame(2), Frame(4));
        using (var bench = new Bench(folder))
        {
            Assert.Equal(FrameVerdict.Accepted, bench.Take(four));
            Assert.Equal(FrameVerdict.Accepted, bench.Take(one));
        }

        using (var bench = new Bench(folder))
        {
            Assert.Equal(FrameVerdict.Replay, bench.Take(four));
            Assert.Equal(FrameVerdict.Replay, bench.Take(one));
            Assert.Equal(FrameVerdict.Replay, bench.Take(two)); // nobody knows any more
            Assert.Equal(FrameVerdict.Accepted, bench.Take(Frame(5)));
        }
    }

    [Fact]
    public void Receive_AfterAKill_AcceptsNothingAgainAndWhatIsBeyondWhatWasNoted()
    {
        using var folder = new TemporaryFolder();
        var killed = new Bench(folder); // never disposed of
        Assert.Equal(FrameVerdict.Accepted, killed.Take(Frame(1)));
        Assert.Equal(FrameVerdict.Accepted, killed.Take(Frame(1 + FrameReceiver.Ahead)));
        Assert.Equal(1, folder.Flushes); // one note for both

        using var bench = new Bench(folder);
        Assert.Equal(FrameVerdict.Replay, bench.Take(Frame(1)));
        Assert.Equal(FrameVerdict.Replay, bench.Take(Frame(1 + FrameReceiver.Ahead)));
        Assert.Equal(FrameVerdict.Accepted, bench.Take(Frame(2 + FrameReceiver.Ahead)));
    }

    [Fact]
    public void Receive_NotNoted_IsRefusedAndNothingIsGiven()
    {
        var folder = new TemporaryFolder();
        var bench = new Bench(folder);
        folder.Dispose();
        Assert.Equal(FrameVerdict.NotStored, bench.Receiver.Receive(Frame(1), out var content, out _));
        Assert.Null(content);
    }

    [Fact]
    public void Receive_ForgedNumber_MovesNoWindow()
    {
        using var bench = new Bench();
        var forged = Frame(1);
        BinaryPrimitives.WriteInt64BigEndian(forged.AsSpan(72), 1_000_000);
        Assert.Equal(FrameVerdict.BadSignature, bench.Take(forged));
        Assert.Equal(FrameVerdict.Accepted, bench.Take(Frame(1)));
    }

    [Fact]
    public void Admit_Others_EndsAndBeginsAndKeepsWhatCame()
    {
        using var bench = new Bench();
        Assert.Equal(FrameVerdict.Accepted, bench.Take(Frame(1)));
        bench.Receiver.Admit([]);
        Assert.Equal(FrameVerdict.UnknownNode, bench.Take(Frame(2)));
        bench.Receiver.Admit([Node.Ada.Public]);
        Assert.Equal(FrameVerdict.Replay, bench.Take(Frame(1)));
        Assert.Equal(FrameVerdict.Accepted, bench.Take(Frame(2)));
        Assert.Throws<ArgumentException>(() => bench.Receiver.Admit([Node.Bert.Public]));
        Assert.Throws<ArgumentException>(() => bench.Receiver.Admit([Node.Ada.Public, Node.Ada.Public]));
    }

    [Fact]
    public void Constructor_SkewOutOfRange_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var make = (double seconds) => new FrameReceiver(Node.Bert, folder.Files, new ManualTimeProvider(), TimeSpan.FromSeconds(seconds));
        Assert.Throws<ArgumentOutOfRangeException>(() => make(0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => make(3601));
    }

    private static byte[] Frame(long sequence) => Node.Frame(Node.Ada, Node.Bert, sequence);

    /// <summary>Bert's receiver.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly TemporaryFolder? _own;

        public Bench(params NodeIdentity[] admitted)
            : this(new TemporaryFolder(), admitted) => _own = _folder;

        public Bench(TemporaryFolder folder, params NodeIdentity[] admitted)
        {
            _folder = folder;
            Receiver = new FrameReceiver(Node.Bert, folder.Files, new ManualTimeProvider(), TimeSpan.FromSeconds(60));
            Receiver.Admit([.. (admitted.Length == 0 ? [Node.Ada] : admitted).Select(node => node.Public)]);
        }

        private readonly TemporaryFolder _folder;

        public FrameReceiver Receiver { get; }

        public FrameVerdict Take(byte[] frame)
        {
            var verdict = Receiver.Receive(frame, out var content, out _);
            Assert.Equal(verdict == FrameVerdict.Accepted, content is not null);
            content?.Dispose();
            return verdict;
        }

        public void Dispose()
        {
            Receiver.Dispose();
            _own?.Dispose();
        }
    }
}
