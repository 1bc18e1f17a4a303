using OpenEntropy.Noise;
using OpenEntropy.Noise.CrossDomain;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed unsafe class SharedAreaTests
{
    private const int Length = 1 << 16;

    [Fact]
    public void Take_BySeveral_IsOneAreaUntilTheLastGivesItBack()
    {
        var area = new SharedArea(Length);
        var first = area.Take();
        var second = area.Take();

        Assert.True(first == second);
        Assert.Equal(-1, new ReadOnlySpan<byte>(first, Length).IndexOfAnyExcept(SharedArea.Content));
        area.GiveBack(ref first);
        Assert.True(first is null);
        Assert.Equal(1, area.Users);
        Assert.Equal(SharedArea.Content, second[Length - 1]);
        area.GiveBack(ref second);
        Assert.Equal(0, area.Users);
    }

    [Fact]
    public void GiveBack_Twice_CountsOnce()
    {
        var area = new SharedArea(Length);
        var first = area.Take();
        var second = area.Take();
        area.GiveBack(ref first);
        area.GiveBack(ref first);

        Assert.Equal(1, area.Users);
        area.GiveBack(ref second);
    }

    /// <summary>They compute with what is in it, so that none may write: it would change what the others time.</summary>
    [Fact]
    public void Measure_BySourcesThatHaveIt_ChangesNothingInIt()
    {
        var area = SharedArea.Far.Take();
        foreach (MeasuredSource source in new MeasuredSource[] { new MultiDomainBeatSource(), new CpuMemoryBeatSource() })
        {
            source.Open();
            source.Measure(new long[1000]);
            source.Close();
        }

        Assert.Equal(-1, new ReadOnlySpan<byte>(area, SharedArea.Far.Length).IndexOfAnyExcept(SharedArea.Content));
        SharedArea.Far.GiveBack(ref area);
    }
}
