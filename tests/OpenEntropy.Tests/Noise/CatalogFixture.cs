using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>The catalog's sources with a storage directory of their own, deleted afterwards.</summary>
public sealed class CatalogFixture : IDisposable
{
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-tests-");

    public CatalogFixture() => Sources = Create(_storage.FullName);

    public IReadOnlyList<NoiseSource> Sources { get; }

    public static IReadOnlyList<NoiseSource> AllSources() => Create("/unused");

    public static IEnumerable<NoiseSourceInfo> AllInfos() => AllSources().Select(source => source.Info);

    public static TheoryData<string> AllNames() => [.. Create("/unused").Select(source => source.Info.Name)];

    /// <summary>Those that give samples whenever they are asked: what waits for somebody to do something may give none for the whole test.</summary>
    public static TheoryData<string> AvailableNames() =>
        [
            .. Create("/unused")
                .Where(source => SourcePlatforms.WhyUnavailable(source) is null && !source.Info.MayBeSilent)
                .Select(source => source.Info.Name),
        ];

    /// <summary>Those whose samples may be recorded.</summary>
    public static TheoryData<string> RecordedNames() =>
        [
            .. Create("/unused")
                .Where(source => SourcePlatforms.WhyUnavailable(source) is null && source.Info is { MayBeSilent: false, Private: false })
                .Select(source => source.Info.Name),
        ];

    public static TheoryData<string> CreditedNames() =>
        [
            .. Create("/unused")
                .Where(source => SourcePlatforms.WhyUnavailable(source) is null && source.Info.ClaimedMinEntropy > 0)
                .Select(source => source.Info.Name),
        ];

    public NoiseSource this[string name] => Sources.Single(source => string.Equals(source.Info.Name, name, StringComparison.Ordinal));

    /// <summary>Opens a source, collects as many samples as asked in collections of that size, and closes it.</summary>
    /// <param name="name">The source's name.</param>
    /// <param name="count">Samples.</param>
    public byte[] Record(string name, int count)
    {
        var source = this[name];
        var samples = new byte[count];
        try
        {
            source.Open();
            Fill(source, samples);
        }
        finally
        {
            source.Close();
        }

        return samples;
    }

    /// <summary>Collects until the span is full, within four calls per sample.</summary>
    public static void Fill(NoiseSource source, Span<byte> samples)
    {
        var filled = 0;
        for (var call = 0; filled < samples.Length && call < 4 * samples.Length; call++)
            filled += source.Collect(samples[filled..]);
        Assert.Equal(samples.Length, filled);
    }

    public void Dispose() => _storage.Delete(recursive: true);

    private static IReadOnlyList<NoiseSource> Create(string storage) =>
        NoiseSourceCatalog.Create(new NoiseContext(storage, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)));
}
