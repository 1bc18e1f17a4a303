using System.Runtime.Versioning;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

[SupportedOSPlatform("linux")]
public sealed class FsyncJournalSourceTests : IDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SourceFact("fsync_journal")]
    [Trait("Category", "Hardware")]
    public void Open_NewStorageDirectory_KeepsOneBlockForTheOwnerOnlyAndLeavesNothingOpen()
    {
        var source = Source(_directory.File("storage"));
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            Assert.Equal(1, OpenFiles.CountOf(source.FilePath));
            Assert.Equal(4, source.Measure(new long[4]));
            source.Close();
            Assert.Equal(0, OpenFiles.CountOf(source.FilePath));
        }

        Assert.Equal(Path.Combine(_directory.File("storage"), "sources", "fsync_journal.dat"), source.FilePath);
        Assert.Equal(OwnerReadWrite, File.GetUnixFileMode(source.FilePath));
        Assert.Equal(DiskBlocks.BlockBytes, new FileInfo(source.FilePath).Length);
        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [SourceFact("fsync_journal")]
    [Trait("Category", "Hardware")]
    public void Measure_PaceUsedUp_GivesWhatThereIsThenWaitsForOne()
    {
        // The opening takes its first write and eight warm-up samples from the same store, which no opening fills. The store is refilled more slowly
        // than any disk writes.
        var source = new FsyncJournalSource(Context(_directory.Path), new WritePace(perSecond: 4, store: 12));
        source.Open();
        try
        {
            Assert.InRange(source.Measure(new long[64]), 3, 63);
            Assert.InRange(source.Measure(new long[64]), 1, 63);
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("fsync_journal")]
    public void Open_OfABlock_TakesItsWriteFromThePace()
    {
        var block = new SyncedBlock(_directory.File("block"), new WritePace(perSecond: 0.001, store: 2));
        for (var opening = 0; opening < 2; opening++)
        {
            block.Open();
            Assert.Equal(opening == 0, LeavesOne(block));
            block.Close();
        }

        static bool LeavesOne(SyncedBlock block) => block.Allows;
    }

    [SourceFact("fsync_journal")]
    public void Open_SymbolicLinkInItsPlace_Throws()
    {
        var source = Source(_directory.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(source.FilePath)!);
        File.CreateSymbolicLink(source.FilePath, _directory.File("elsewhere"));

        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
        Assert.False(File.Exists(_directory.File("elsewhere")));
    }

    [SourceFact("fsync_journal")]
    public void Open_DirectoryCannotBeMade_ThrowsNamesThePathAndWorksWhenItCan()
    {
        File.WriteAllText(_directory.File("sources"), "in the way");
        var source = Source(_directory.Path);

        Assert.Contains(_directory.Path, Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();

        File.Delete(_directory.File("sources"));
        source.Open();
        source.Close();
    }

    [SourceFact("fsync_journal", SharedMemory)]
    public void Open_Tmpfs_IsRefusedWithTheReason()
    {
        var source = Source($"{SharedMemory}/openentropy-fsync-test/not/there");

        Assert.Contains("tmpfs", source.WhyUnavailable(), StringComparison.Ordinal);
        Assert.Contains("tmpfs", Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
        Assert.False(Directory.Exists($"{SharedMemory}/openentropy-fsync-test"));
    }

    private static FsyncJournalSource Source(string storage) => new(Context(storage));

    private static NoiseContext Context(string storage) => new(storage, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
}
