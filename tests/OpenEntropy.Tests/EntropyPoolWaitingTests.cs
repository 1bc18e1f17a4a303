using System.Security.Cryptography;
using OpenEntropy.Continuity;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests;

public sealed class EntropyPoolWaitingTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task WaitForSeedAsync_FirstBlockComes_EndsAndTakesNothing()
    {
        await using var pool = new ScriptedPool(options: null, ScriptedPool.TwoLively());
        Assert.Equal(RefusalReason.Starting, (await pool.Pool.WaitForSeedAsync(TimeSpan.Zero, CancellationToken.None))?.Reason);
        var waiting = pool.Pool.WaitForSeedAsync(s_long, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.True(pool.HarvestBlocks(1));
        Assert.Null(await waiting.WaitAsync(s_long));
        Assert.True(pool.Pool.Status.BlocksAvailable >= 1);
        Assert.Null(await pool.Pool.WaitForSeedAsync(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task WaitForSeedAsync_DisposedMeanwhileAndAfter_SaysStopped()
    {
        var pool = new ScriptedPool(options: null, ScriptedPool.TwoLively());
        var waiting = pool.Pool.WaitForSeedAsync(s_long, CancellationToken.None).AsTask();
        await pool.DisposeAsync();
        Assert.Equal(RefusalReason.Stopped, (await waiting.WaitAsync(s_long))?.Reason);
        Assert.Equal(RefusalReason.Stopped, (await pool.Pool.WaitForSeedAsync(s_long, CancellationToken.None))?.Reason);
    }

    [Fact]
    public async Task WaitForSeedAsync_InVain_DoesNotWait()
    {
        // One source completes no block while the largest contributor is left out.
        await using var pool = new ScriptedPool(options: null, new ScriptedNoiseSource("one"));
        var waiting = pool.Pool.WaitForSeedAsync(s_long, CancellationToken.None);
        Assert.True(waiting.IsCompleted);
        Assert.Equal(RefusalReason.NoEntropy, (await waiting)?.Reason);
    }

    [Fact]
    public async Task WaitForSeedAsync_TimeoutOutOfItsRange_Throws()
    {
        await using var pool = new ScriptedPool(options: null, ScriptedPool.TwoLively());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await pool.Pool.WaitForSeedAsync(TimeSpan.FromDays(2), CancellationToken.None)
        );
    }

    [Fact]
    public async Task WhyNoSeed_BlockCameBetweenTheAttemptAndTheQuestion_IsStartingAndNotAnOldSeed()
    {
        await using var pool = new ScriptedPool(options: null, ScriptedPool.TwoLively());
        Assert.True(pool.HarvestBlocks(1));
        Assert.Equal(RefusalReason.Starting, pool.Pool.Parts.Report.WhyNoSeed().Reason);
        pool.Pool.GetBytes(new byte[1]);
        Assert.Equal(RefusalReason.Starting, pool.Pool.Parts.Report.WhyNoSeed().Reason);
    }

    [Fact]
    public void With_APersonalization_ChangesTheIdentityByItsHashAlone()
    {
        byte[] identity = [1, 2, 3];
        Assert.Same(identity, MachineIdentity.With(identity, []));
        var one = MachineIdentity.With(identity, [4]);
        Assert.Equal(identity.Length + 1 + 48, one.Length);
        Assert.Equal(identity, one[..3]);
        Assert.Equal(one.Length, MachineIdentity.With(identity, new byte[100_000]).Length);
        Assert.NotEqual(one, MachineIdentity.With(identity, [5]));
        Assert.NotEqual(MachineIdentity.Personalization(identity, 0), MachineIdentity.Personalization(one, 0));
    }

    [Fact]
    public async Task Personalization_OfThePool_IsPartOfTheIdentityThatIsAbsorbed()
    {
        byte[] personalization = [1, 2, 3];
        await using var pool = new ScriptedPool(new EntropyPoolOptions { Personalization = personalization }, ScriptedPool.TwoLively());
        personalization[0]++;
        Assert.Equal(SHA384.HashData([1, 2, 3]), pool.Pool.Parts.Identity[^48..]);
    }
}
