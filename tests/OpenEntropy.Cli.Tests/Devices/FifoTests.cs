using System.Runtime.Versioning;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Devices;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Devices;

[SupportedOSPlatform("linux")]
public sealed class FifoTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Bytes = 8192;

    private readonly Folder _folder = new();

    private string Name => _folder.Path("fifo");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fifo_WhereThereIsSomethingElse_IsRefusedAndLeavesIt()
    {
        var file = _folder.Write("file", [1, 2, 3]);
        File.CreateSymbolicLink(_folder.Path("link"), file);

        Assert.Contains("no named pipe", Refusal(file), StringComparison.Ordinal);
        Assert.Contains("no named pipe", Refusal(_folder.Path("link")), StringComparison.Ordinal);
        Assert.Contains("is a directory", Refusal(_folder.Path("")), StringComparison.Ordinal);
        Assert.Contains("cannot be made", Refusal(_folder.Path("missing/fifo")), StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(file));
    }

    [Fact]
    public void Fifo_ByDefault_IsItsOwnersAloneAndGoesAtTheEnd()
    {
        using (new Fifo(Name, Owner, Bytes))
            Assert.Equal(Owner, File.GetUnixFileMode(Name));
        Assert.False(Path.Exists(Name));

        using (new Fifo(Name, Owner | UnixFileMode.OtherRead, Bytes))
            Assert.Equal(Owner | UnixFileMode.OtherRead, File.GetUnixFileMode(Name));
    }

    [Fact]
    public void Fifo_WhoseNameAnotherHasTaken_LeavesThat()
    {
        using (new Fifo(Name, Owner, Bytes))
        {
            File.Delete(Name);
            _folder.Write("fifo", [7]);
        }

        Assert.Equal([7], File.ReadAllBytes(Name));
    }

    [Fact]
    public void Fifo_LeftBehind_IsTakenOverButOneInUseIsNot()
    {
        Assert.Equal(0, PipeCalls.MakeNamed(Name, (int)(Owner | UnixFileMode.OtherRead)));
        using var fifo = new Fifo(Name, Owner, Bytes);

        Assert.Equal(Owner, File.GetUnixFileMode(Name));
        Assert.Contains("another program writes to", Refusal(Name), StringComparison.Ordinal);
        Assert.True(Path.Exists(Name));
    }

    /// <summary>Its owner could give it back to himself, and write bytes of his own to those who read.</summary>
    [Fact]
    public void Fifo_OfAnotherUser_IsRefusedAndLeft()
    {
        Assert.Equal(0, PipeCalls.MakeNamed(Name, (int)Owner));

        var failure = Assert.Throws<CommandFailureException>(() => new Fifo(Name, Owner, Bytes, PipeCalls.User() + 1).Dispose());

        Assert.Contains("another user's pipe", failure.Message, StringComparison.Ordinal);
        Assert.True(Path.Exists(Name));
    }

    [Fact]
    public void Drop_WhereAnotherPipeHasTheName_LeavesWhatIsInThat()
    {
        using var fifo = new Fifo(Name, Owner, Bytes);
        File.Delete(Name);
        using var other = new Fifo(Name, Owner, Bytes);
        var reader = LinuxFiles.Open(Name, 0x800); // O_NONBLOCK
        Assert.Equal(3, other.Write([1, 2, 3]));

        Assert.Equal(0, fifo.Drop(3));

        Assert.Equal(3, other.Waiting);
        LinuxFiles.Close(reader);
    }

    [Fact]
    public void Watch_WhereTheKernelRefuses_IsALineForTheUser()
    {
        var failure = Assert.Throws<CommandFailureException>(() => new FifoWatch(_folder.Path("missing")));

        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        Assert.Contains("cannot be watched", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A pool that is dry for a while is no reason for an end, which readers of a device would find.</summary>
    [Fact]
    public async Task Fill_WherePoolIsDryForAWhile_TellsAndGoesOn()
    {
        using var hang = new ManualResetEventSlim(initialState: true);
        await using var pool = Pool(hang);
        var told = new List<string>();
        var bytes = new PoolBytes(pool, OutputQuality.Limited, "all", TimeProvider.System)
        {
            Paused = why =>
            {
                told.Add(why);
                hang.Set();
            },
        };
        await bytes.FillAsync(new byte[bytes.Portion], CancellationToken.None);
        bytes = new PoolBytes(pool, OutputQuality.Limited, "all", TimeProvider.System)
        {
            Paused = bytes.Paused,
            Patience = TimeSpan.FromSeconds(0.1),
        };
        hang.Reset();

        for (var portion = 0; told.Count == 0 && portion < 10_000; portion++)
            await bytes.FillAsync(new byte[bytes.Portion], CancellationToken.None);

        Assert.Single(told);
    }

    [Fact]
    public async Task Feeder_ReplacingWhatWaited_LeavesAsMuchAndNoneOfIt()
    {
        using var fifo = new Fifo(Name, Owner, Bytes);
        var reader = LinuxFiles.Open(Name, 0x800); // O_NONBLOCK
        await using var pool = Pool();
        var counts = new FifoCounts();
        var feeder = new FifoFeeder(
            fifo,
            new PoolBytes(pool, OutputQuality.Drbg, "all", TimeProvider.System),
            4096,
            replaces: true,
            counts
        );

        Assert.True(await feeder.FillAsync(CancellationToken.None));
        var waiting = fifo.Waiting;
        Assert.True(waiting >= Bytes);
        await feeder.ReplaceAsync(CancellationToken.None);

        Assert.Equal((waiting, (long)waiting, 2L * waiting), (fifo.Waiting, counts.Dropped, counts.Written));
        feeder.Empty();
        Assert.Equal((0, 2L * waiting), (fifo.Waiting, counts.Dropped));
        Assert.True(fifo.HasReader);
        LinuxFiles.Close(reader);
        // A process that another test has just forked holds a copy until it becomes a program.
        Assert.True(SpinWait.SpinUntil(() => !fifo.HasReader, TimeSpan.FromSeconds(60)));
    }

    private static EntropyPool Pool(ManualResetEventSlim? hang = null)
    {
        var options = new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = "hardware_trng.tpm" } };
        options.AdditionalSources.Add(new ScriptedNoiseSource("one") { Hang = hang, Deadline = TimeSpan.FromHours(1) });
        options.AdditionalSources.Add(new ScriptedNoiseSource("two") { Hang = hang, Deadline = TimeSpan.FromHours(1) });
        return EntropyPool.Start(options);
    }

    private static string Refusal(string path)
    {
        var failure = Assert.Throws<CommandFailureException>(() => new Fifo(path, Owner, Bytes).Dispose());
        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        return failure.Message;
    }
}
