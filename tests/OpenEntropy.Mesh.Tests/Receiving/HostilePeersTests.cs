using OpenEntropy.Harvest;
using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Mesh.Receiving;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Receiving;

/// <summary>Every admitted peer is hostile: each sends what it likes, validly signed, and knows all of it.</summary>
public sealed class HostilePeersTests
{
    private const int FramesOfEach = 40;

    private static readonly NodeIdentity[] s_peers = [Node.Of(11), Node.Of(12), Node.Of(13)];

    [Fact]
    public async Task TryMix_OnlyHostilePeers_EarnsNothingAndGivesNothing()
    {
        await using var scripted = new ScriptedPool(null, Silent());
        var mixed = Mix(scripted);

        Assert.Equal(s_peers.Length * FramesOfEach, mixed);
        var status = scripted.Pool.Status;
        Assert.Equal((0, 0, 0), (status.AssessedBitsIn, status.AssessedBitsPending, status.AssessedBitsDiscarded));
        Assert.Equal(0, status.BlocksProduced);
        Assert.False(scripted.Pool.CanServe);
        Assert.NotNull(scripted.Pool.TryGetBytes(new byte[16]));
    }

    [Fact]
    public async Task TryMix_HostilePeersBesideSources_ChangesNoAccountAndStopsNoBlock()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Mix(scripted);
        Assert.True(scripted.HarvestBlocks(4));

        var status = scripted.Pool.Status;
        Assert.Equal(status.Sources.Sum(source => source.CreditedBits), status.AssessedBitsIn, tolerance: 1e-6);
        Assert.True(status.BlocksProduced * status.BlockRequirementBits <= status.AssessedBitsIn);
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
    }

    [Fact]
    public async Task TryMix_MorePiecesThanMayWait_AreRefusedUntilTheHarvestTookThem()
    {
        await using var scripted = new ScriptedPool(null, Silent());
        for (var i = 0; i < UncreditedInput.Capacity; i++)
            Assert.True(scripted.Pool.TryMix(new byte[UncreditedInput.MaximumBytes]));
        Assert.False(scripted.Pool.TryMix([1]));
        scripted.Pool.Parts.Harvester.RunHarvestTurn();
        Assert.True(scripted.Pool.TryMix([1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => scripted.Pool.TryMix([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => scripted.Pool.TryMix(new byte[UncreditedInput.MaximumBytes + 1]));
        await scripted.DisposeAsync();
        Assert.False(scripted.Pool.TryMix([1]));
    }

    // A source that never earns, so that the pool is one.
    private static ScriptedNoiseSource Silent() => new("none") { Failure = new InvalidOperationException("never") };

    // As a node would: what was accepted goes into the pool, and the harvest has a turn.
    private static int Mix(ScriptedPool scripted)
    {
        using var folder = new TemporaryFolder();
        using var receiver = new FrameReceiver(Node.Bert, folder.Files, new ManualTimeProvider(), TimeSpan.FromSeconds(60));
        receiver.Admit([.. s_peers.Select(peer => peer.Public)]);
        var mixed = 0;
        for (var i = 1; i <= FramesOfEach; i++)
        {
            foreach (var peer in s_peers)
            {
                using var sent = new FrameContent(
                    FrameHealth.Healthy,
                    [new("one", true, FrameSource.MaximumMicrobits, FrameSource.MaximumMicrobits)], // a lie
                    [.. Enumerable.Repeat((byte)i, 1024)]
                );
                var frame = FrameSealer.Seal(peer, Node.Bert.Public, i, Node.Time, sent, Node.Random(i));
                Assert.Equal(FrameVerdict.Accepted, receiver.Receive(frame, out var content, out _));
                if (scripted.Pool.TryMix(content!.Payload))
                    mixed++;
                content.Dispose();
                Assert.Equal(FrameVerdict.Replay, receiver.Receive(frame, out _, out _));
            }

            scripted.Pool.Parts.Harvester.RunHarvestTurn();
        }

        return mixed;
    }
}
