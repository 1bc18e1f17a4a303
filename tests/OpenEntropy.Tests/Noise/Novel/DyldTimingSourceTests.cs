using OpenEntropy.Noise;
using OpenEntropy.Noise.Novel;
using Xunit;

namespace OpenEntropy.Tests.Noise.Novel;

[Collection(HardwareAlone.Name)]
public sealed class DyldTimingSourceTests
{
    private const string Held = "libc.so.6";

    [SourceFact("dyld_timing")]
    public void Open_LibraryThatIsHeld_ThrowsAndNamesIt()
    {
        var source = new DyldTimingSource(Held);

        Assert.Contains(Held, Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
    }

    [SourceFact("dyld_timing")]
    public void Open_LibraryThatIsMissing_Throws()
    {
        var source = new DyldTimingSource("libopenentropy-is-not-there.so.1");

        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
    }

    [SourceFact("dyld_timing")]
    [Trait("Category", "Hardware")]
    public void Measure_UsualLibraries_LeavesNoneOfThemMapped()
    {
        var before = MappedLibraries();
        var source = new DyldTimingSource();
        var values = new long[8];
        for (var round = 0; round < 2; round++)
        {
            source.Open();

            Assert.Equal(values.Length, source.Measure(values));
            Assert.All(values, value => Assert.True(value > 0));
            source.Close();
        }

        Assert.DoesNotContain(
            MappedLibraries().Except(before, StringComparer.Ordinal),
            path => DyldTimingSource.Usual.Any(library => path.Contains(library.Split('.')[0], StringComparison.Ordinal))
        );
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    private static HashSet<string> MappedLibraries() =>
        [
            .. File.ReadLines("/proc/self/maps")
                .Select(line => line[(line.LastIndexOf(' ') + 1)..])
                .Where(path => path.Contains(".so", StringComparison.Ordinal)),
        ];
}
