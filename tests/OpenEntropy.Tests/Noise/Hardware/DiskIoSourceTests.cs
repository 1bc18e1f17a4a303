using System.Globalization;
using System.Runtime.Versioning;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

[SupportedOSPlatform("linux")]
public sealed unsafe class DiskIoSourceTests : IDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SourceFact("disk_io")]
    [Trait("Category", "Hardware")]
    public void Open_NewStorageDirectory_CreatesTheFileForTheOwnerOnly()
    {
        var storage = _directory.File("storage");
        var source = Source(storage);
        source.Open();
        try
        {
            Assert.Equal(Path.Combine(storage, "sources", "disk_io.dat"), source.FilePath);
            Assert.Equal(OwnerReadWrite, File.GetUnixFileMode(source.FilePath));
            Assert.Equal(OwnerReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(source.FilePath)!));
            Assert.Equal(4 * 1024 * 1024, new FileInfo(source.FilePath).Length);
            Assert.Equal(10, source.Collect(new byte[10]));
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("disk_io")]
    [Trait("Category", "Hardware")]
    public void Open_Again_ReusesTheFileAndLeavesNothingOpen()
    {
        var source = Source(_directory.Path);
        source.Open();
        source.Close();
        File.SetLastWriteTimeUtc(source.FilePath, DateTime.UnixEpoch);

        source.Open();
        Assert.Equal(1, OpenFiles.CountOf(source.FilePath));
        source.Close();

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(source.FilePath));
        Assert.Equal(0, OpenFiles.CountOf(source.FilePath));
    }

    [SourceFact("disk_io")]
    [Trait("Category", "Hardware")]
    public void Open_FileOfAnotherSize_IsWrittenAnewWithoutAZeroBlock()
    {
        var source = Source(_directory.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(source.FilePath)!);
        File.WriteAllText(source.FilePath, "half written");

        source.Open();
        source.Close();

        var blocks = File.ReadAllBytes(source.FilePath).Chunk(DiskBlocks.BlockBytes).ToList();
        Assert.Equal(DiskBlocks.Blocks, blocks.Count);
        Assert.All(blocks, block => Assert.True(block.AsSpan().ContainsAnyExcept((byte)0)));
        Assert.Equal(DiskBlocks.Blocks, blocks.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
    }

    [SourceFact("disk_io")]
    [Trait("Category", "Hardware")]
    public void Collect_FileBecameShorter_Throws()
    {
        var source = Source(_directory.Path);
        source.Open();
        try
        {
            File.WriteAllBytes(source.FilePath, []);

            Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("disk_io")]
    public void Open_ReadsNeverReachADevice_WritesOneBlockInAllAndTheRestOnceTheyDo()
    {
        var path = Source(_directory.Path).FilePath;
        Assert.Equal([DiskBlocks.BlockBytes, 0, 0], Enumerable.Range(0, 3).Select(_ => BytesWritten(Refused)));
        Assert.Equal(DiskBlocks.BlockBytes, new FileInfo(path).Length);

        const int Rest = (DiskBlocks.Blocks - 1) * DiskBlocks.BlockBytes;
        Assert.Equal([Rest, 0], Enumerable.Range(0, 2).Select(_ => BytesWritten(Proven)));
        Assert.Equal(0, BytesWritten(Refused));
        Assert.Equal(0, OpenFiles.CountOf(path));

        void Refused() =>
            Assert.Contains(
                "not there",
                Assert.Throws<NoiseSourceException>(() => DirectFile.Open(path, _ => "not there")).Message,
                StringComparison.Ordinal
            );
        void Proven() => LinuxFiles.Close(DirectFile.Open(path, _ => null));
    }

    [SourceFact("disk_io")]
    public void Open_SymbolicLinkInItsPlace_Throws()
    {
        var source = Source(_directory.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(source.FilePath)!);
        File.CreateSymbolicLink(source.FilePath, _directory.File("elsewhere"));

        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
        Assert.False(File.Exists(_directory.File("elsewhere")));
    }

    [SourceFact("disk_io")]
    public void Open_DirectoryCannotBeMade_ThrowsAndNamesThePath()
    {
        File.WriteAllText(_directory.File("sources"), "in the way");
        var source = Source(_directory.Path);

        Assert.Contains(_directory.Path, Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
    }

    [SourceFact("disk_io", SharedMemory)]
    public void Open_Tmpfs_IsRefusedWithTheReason()
    {
        var source = Source($"{SharedMemory}/openentropy-test/not/there");

        Assert.Contains("tmpfs", source.WhyUnavailable(), StringComparison.Ordinal);
        Assert.Contains("tmpfs", Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
        Assert.False(Directory.Exists($"{SharedMemory}/openentropy-test"));
    }

    [SourceFact("disk_io", SharedMemory)]
    public void WhyNoDevice_MemoryBehindTheFile_SaysThatNoDeviceWasReached()
    {
        // What an overlay over tmpfs comes to: newer kernels accept O_DIRECT and serve it from memory, older ones refuse to open.
        using var memory = new TemporaryDirectory(SharedMemory);
        File.WriteAllBytes(memory.File("block"), new byte[DiskBlocks.BlockBytes]);
        var file = LinuxFiles.TryOpen(memory.File("block"), LinuxFiles.ReadOnly | LinuxFiles.Direct);

        // Aligned by hand inside an array that does not move.
        var array = GC.AllocateArray<byte>(2 * DiskBlocks.BlockBytes, pinned: true);
        fixed (byte* start = array)
        {
            var aligned = start + (DiskBlocks.BlockBytes - ((nuint)start % DiskBlocks.BlockBytes));
            Assert.True(file < 0 || DirectFile.WhyNoDevice(file, aligned) is not null);
        }

        if (file >= 0)
            LinuxFiles.Close(file);
    }

    /// <summary>What this thread wrote to files meanwhile, by the kernel's account (proc(5), /proc/pid/io: wchar).</summary>
    private static long BytesWritten(Action action)
    {
        var before = Written();
        action();
        return Written() - before;

        static long Written() =>
            long.Parse(
                File.ReadLines("/proc/thread-self/io").Single(line => line.StartsWith("wchar: ", StringComparison.Ordinal)).AsSpan(7),
                CultureInfo.InvariantCulture
            );
    }

    private static DiskIoSource Source(string storage) =>
        new(new NoiseContext(storage, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)));
}
