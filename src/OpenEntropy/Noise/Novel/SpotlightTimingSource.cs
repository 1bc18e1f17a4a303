using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time of looking up the metadata of eight files.
/// <para>
/// <b>Measured.</b> A look-up (stat on Linux) of each of a fixed list of eight files in one directory, in the order of their names, as one sample: the
/// .NET runtime's own directory, or /usr/lib's or the program's where that has too few. Their names have the same number of bytes, the most common
/// one in that directory, so that no look-up walks or hashes more than another. No name and no attribute becomes part of a sample.
/// Each file's own place in the caches has its own duration, which is why no single look-up is a sample: it would come back with the period of the list.
/// Listing a directory (getdents64) is not timed: it copies what is there, as long as that is, and is another stream
/// than a look-up.
/// </para>
/// <para>
/// <b>Why it varies.</b> The kernel walks each path through its cache of directory entries: hash chains and inodes scattered over memory, reference
/// counts that other processors write to, entries that were dropped under pressure and are read from disk again.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> The list is public. A virtual machine changes little; a container walks the same cache through its overlay, so a co-tenant who looks
/// up the same files shares its lines and sees a correlated view. An attacker who can flush the host's caches lengthens the times; as a local user he
/// sees neither the calls nor their times, while root can trace both.
/// </para>
/// </summary>
internal sealed class SpotlightTimingSource : MeasuredSource
{
    private const int Files = 8; // the same everywhere, since an assessment is of as many
    private const int WarmUpSamples = 128;

    private readonly string[] _directories;
    private string[] _paths = [];

    /// <summary>Looks up files of the runtime and of the system.</summary>
    public SpotlightTimingSource()
        : this(RuntimeEnvironment.GetRuntimeDirectory(), "/usr/lib", LibrariesOfThisProcessor, AppContext.BaseDirectory) { }

    /// <summary>Looks up files of other directories.</summary>
    internal SpotlightTimingSource(params string[] directories) => _directories = directories;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "spotlight_timing",
            SharesCredit = "host",
            Category = NoiseCategory.Novel,
            Mechanism = "Time of looking up the metadata of a fixed list of eight files. The kernel's caches of names and inodes vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 1.0 / 8),
            ClaimBasis = "An eighth of 1 bit; the lowest of two recordings of 1,000,000 samples on a 2-core virtual machine is 1.380",
        }.ClaimedOnLinuxAlone(OperatingSystem.IsLinux());

    /// <summary>The files that are looked up, while it is open.</summary>
    internal IReadOnlyList<string> Paths => _paths;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _paths =
            _directories.Select(FilesOf).FirstOrDefault(files => files.Length == Files)
            ?? throw new NoiseSourceException(
                $"none of {string.Join(", ", _directories)} holds {Files} files with names of the same number of bytes"
            );
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_paths.Length == 0)
            throw new NoiseSourceException("there is no list of files: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var found = 0;
            var start = TickCounter.Read();
            foreach (var path in _paths)
                found += File.Exists(path) ? 1 : 0;
            values[i] = TickCounter.Read() - start;
            if (found < _paths.Length)
                throw new NoiseSourceException(
                    $"{_paths.FirstOrDefault(path => !File.Exists(path)) ?? "one of the files"} is gone or may no longer be looked up"
                );
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close() => _paths = [];

    private static string LibrariesOfThisProcessor =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "/usr/lib/aarch64-linux-gnu" : "/usr/lib/x86_64-linux-gnu";

    /// <summary>
    /// The first plain files of a directory among those with names of the most common number of bytes, the least where two are as common; a link
    /// would be two look-ups. None where it cannot be read.
    /// </summary>
    private static string[] FilesOf(string directory)
    {
        if (!Directory.Exists(directory))
            return [];
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        var ofOneLength = Directory
            .EnumerateFiles(directory, "*", options)
            .GroupBy(Encoding.UTF8.GetByteCount)
            .OrderByDescending(files => files.Count())
            .ThenBy(files => files.Key)
            .FirstOrDefault();
        return ofOneLength is null ? [] : [.. ofOneLength.Order(StringComparer.Ordinal).Take(Files)];
    }
}
