using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time of loading a shared library and letting it go again.
/// <para>
/// <b>Measured.</b> One library of the system that nothing else holds is mapped, relocated, started, stopped and unmapped, by the path of its file. At
/// each opening the list of modules shows that it comes and goes: one that stays would only have its references counted. On macOS all of the system's
/// lie in one cache that is never unloaded, so that there is nothing to measure.
/// </para>
/// <para>
/// <b>Why it varies.</b> The kernel's look-up of the file, a handful of mappings made and given back, the page faults of relocation, the loader's
/// own lock and lists, and invalidated translations on every processor this process runs on.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine adds its second page tables, a container nothing. A co-tenant who loads the memory system
/// lengthens the times. An attacker who is a local user sees neither the calls nor their times; root can trace both. Code in this process that loads
/// the same library and keeps it makes the durations short and even: the health tests watch for that, and the next opening takes another library.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("windows")]
internal sealed class DyldTimingSource : MeasuredSource
{
    private const int WarmUpSamples = 20;

    // Small, part of the system's C library or of the system itself, and of no use to .NET.
    private static readonly string[] s_usual = OperatingSystem.IsWindows()
        ? ["normaliz.dll", "lz32.dll", "msimg32.dll"]
        : ["libanl.so.1", "libutil.so.1", "libBrokenLocale.so.1", "libthread_db.so.1", "libnss_hesiod.so.2"];

    /// <summary>Those of which one is loaded.</summary>
    internal static IReadOnlyList<string> Usual => s_usual;

    private readonly string[] _candidates;
    private string? _library;

    /// <summary>Loads one of the system's own libraries.</summary>
    public DyldTimingSource()
        : this(s_usual) { }

    /// <summary>Loads others in their place.</summary>
    internal DyldTimingSource(params string[] candidates) => _candidates = candidates;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "dyld_timing",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of loading a shared library that nothing else holds and unloading it. File look-up, mappings, page faults and the loader vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.953 / 8),
            ClaimBasis =
                "An eighth of 2.953 bits, the lower of two assessments of a symbol's look-up (1,000,000 samples each); loading gave at least 5.335 (4,149 to 206,270); and at most 1/3",
        }.ClaimedOnLinuxAlone(OperatingSystem.IsLinux());

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "musl never unloads a library" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _library = _candidates.Select(FileThatComesAndGoes).FirstOrDefault(file => file is not null);
        if (_library is null)
            throw new NoiseSourceException($"none of {string.Join(", ", _candidates)} can be loaded and is gone when let go");
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var library = _library ?? throw new NoiseSourceException("there is no library: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            if (!NativeLibrary.TryLoad(library, out var handle))
                throw new NoiseSourceException($"{library} can no longer be loaded");
            NativeLibrary.Free(handle);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close() => _library = null;

    /// <summary>The file that a name stands for, where it can be loaded and is gone when let go; otherwise null.</summary>
    private static string? FileThatComesAndGoes(string library)
    {
        if (Loaded(library) is not null || !NativeLibrary.TryLoad(library, out var handle))
            return null;
        var file = Loaded(library);
        NativeLibrary.Free(handle);
        return Loaded(library) is null ? file : null;
    }

    private static string? Loaded(string library)
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(module => module.FileName).FirstOrDefault(file => IsFile(file, library));
    }

    /// <summary>The mapped file bears the library's name, or what that name links to: libanl.so.1 was a link to libanl-2.31.so.</summary>
    private static bool IsFile(string mapped, string library)
    {
        var stem = library.Split('.')[0];
        var name = Path.GetFileName(mapped.AsSpan());
        return name.StartsWith(stem, StringComparison.OrdinalIgnoreCase) && name.Length > stem.Length && name[stem.Length] is '.' or '-';
    }
}
