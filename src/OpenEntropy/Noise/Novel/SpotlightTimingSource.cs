using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time of looking up a file's metadata.
/// <para>
/// <b>Measured.</b> One look-up (stat on Linux) after the other over a fixed list of paths: files of the .NET runtime's own directory, of
/// /usr/lib where there is one, and of the program's, in the order of their names. No name and no attribute becomes part of a sample.
/// </para>
/// <para>
/// <b>Why it varies.</b> The kernel walks each path through its cache of directory entries: hash chains and inodes scattered over memory, reference
/// counts that other processors write to, entries that were dropped under pressure and are read from disk again.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> The list is public, and part of each duration is the path's own length. A virtual machine changes little;
/// a container walks the same cache through its overlay, so neighbours who look up the same files share its lines. Who can flush the host's caches
/// lengthens the times. A local user sees neither the calls nor their times; root can trace both.
/// </para>
/// </summary>
internal sealed class SpotlightTimingSource : MeasuredSource
{
    private const int MaximumPaths = 256;
    private const int MinimumPaths = 16;
    private const int WarmUpSamples = 512;

    private readonly string[] _directories;
    private string[] _paths = [];
    private int _next;

    /// <summary>Looks up files of the runtime and of the system.</summary>
    public SpotlightTimingSource()
        : this(RuntimeEnvironment.GetRuntimeDirectory(), "/usr/lib", AppContext.BaseDirectory) { }

    /// <summary>Looks up files of other directories.</summary>
    internal SpotlightTimingSource(params string[] directories) => _directories = directories;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "spotlight_timing",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of looking up a file's metadata, over a fixed list of files. The kernel's caches of names and inodes vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.822 / 8),
            ClaimBasis =
                "An eighth of 2.822 bits, the lowest of 3 recordings of 1,000,000 samples on a 2-core virtual machine, and at most 1/3",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _paths = [.. _directories.SelectMany(FilesOf).Distinct(StringComparer.Ordinal).Take(MaximumPaths)];
        _next = 0;
        if (_paths.Length < MinimumPaths)
            throw new NoiseSourceException(
                $"{string.Join(", ", _directories)} hold only {_paths.Length} files, at least {MinimumPaths} are needed"
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
            var path = _paths[_next];
            _next = (_next + 1) % _paths.Length;
            var start = TickCounter.Read();
            var exists = File.Exists(path);
            values[i] = TickCounter.Read() - start;
            if (!exists)
                throw new NoiseSourceException($"{path} is gone or may no longer be looked up");
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close() => _paths = [];

    /// <summary>A directory's plain files by name; a link would be two look-ups. None where it cannot be read.</summary>
    private static IEnumerable<string> FilesOf(string directory)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*", options).Order(StringComparer.Ordinal).Take(MaximumPaths / 2)
            : [];
    }
}
