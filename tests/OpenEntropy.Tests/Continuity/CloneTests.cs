using Xunit;

namespace OpenEntropy.Tests.Continuity;

/// <summary>A machine with all its state, copied: pool, conditioner and generators together.</summary>
public sealed class CloneTests
{
    private const int Block = 16;
    private const int Draws = 5;
    private const int OneKernel = 50_000;
    private const int OtherKernel = 90_000;
    private const int OtherNoise = 70_000;

    // The control of the others: it shows that the copy is whole, so that what differs there differs for the reason named there.
    [Fact]
    public void Draw_OfACopyWhoseKernelRepeats_IsTheSame()
    {
        using var original = new ClonedMachine();
        using var clone = new ClonedMachine();

        original.ReseedKernel(OneKernel);
        clone.ReseedKernel(OneKernel);

        Assert.Equal(DrawAndHarvest(original), DrawAndHarvest(clone));
    }

    [Fact]
    public void Draw_OfACopyWithoutASign_SharesNoBlockWithTheOriginal()
    {
        using var original = new ClonedMachine();
        using var clone = new ClonedMachine();

        original.ReseedKernel(OneKernel);
        clone.ReseedKernel(OtherKernel);

        var blocks = DrawAndHarvest(original).Concat(DrawAndHarvest(clone)).Chunk(Block).Select(Convert.ToHexString).ToList();
        Assert.Distinct(blocks);
    }

    // Nothing else than the noise differs: blocks from before are worth nothing, and what comes of later ones is the copy's own.
    [Fact]
    public void Draw_OfACopyWithASignWhoseKernelRepeats_WaitsForLaterBlocksAndSharesNoneWithTheOriginal()
    {
        using var original = new ClonedMachine();
        using var clone = new ClonedMachine();
        original.ReseedKernel(OneKernel);
        clone.ReseedKernel(OneKernel);

        clone.Watch.Sign();
        clone.PartNoise(OtherNoise);

        Assert.Equal(0, clone.Pool.Counts.Available);
        Assert.Null(clone.Draw());
        clone.MakeBlocks(8);
        var blocks = DrawAndHarvest(original).Concat(DrawAndHarvest(clone)).Chunk(Block).Select(Convert.ToHexString).ToList();
        Assert.Distinct(blocks);
    }

    private static byte[] DrawAndHarvest(ClonedMachine machine)
    {
        var output = new List<byte>();
        for (var i = 0; i < Draws; i++)
        {
            output.AddRange(machine.Draw() ?? throw new InvalidOperationException("it refuses"));
            machine.MakeBlocks(8); // a draw takes five at most
        }

        return [.. output];
    }
}
