using OpenEntropy.Evidence.Correlation;
using OpenEntropy.Evidence.Documents;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>Which sources share one credit is what measurements found, and nothing else.</summary>
public sealed class MeasuredSharedCreditTests
{
    /// <summary>
    /// What other measurements on the same machine found of the same workloads and of sources that claim, and what stays joined though the one of
    /// docs/independence.md does not confirm it, with r of the 8-bit samples while both collected at once.
    /// </summary>
    private static readonly (string A, string B)[] s_foundBefore =
    [
        ("disk_io", "memory_timing"), // 0.235 ± 0.064
        ("vm_exit", "compression_timing"), // 0.247 ± 0.037, on a busy machine
        // Of workloads that have changed since; i in place of r for all but the first.
        ("dispatch_queue", "spotlight_timing"), // 0.311 ± 0.026
        ("sleep_jitter", "vm_page_timing"), // 0.326 ± 0.040
        ("unix_socket", "vm_page_timing"), // 0.244 ± 0.054
        ("timer_events", "vm_page_timing"), // 0.257 ± 0.037
    ];

    [Fact]
    public void SharesCredit_OfTheCatalog_IsWhatMeasurementsFound()
    {
        var document = IndependenceReport.Groups(EmbeddedDocument.Read("independence.md"));
        var found = Lines(Joined([.. document, .. s_foundBefore.Select(pair => (string[])[pair.A, pair.B])]));
        var declared = Lines(
            CatalogSources
                .All()
                .Where(source => source.Info.SharesCredit is not null)
                .GroupBy(source => source.Info.SharesCredit, source => source.Info.Name, StringComparer.Ordinal)
        );

        Assert.True(
            found.SequenceEqual(declared, StringComparer.Ordinal),
            $"measurements found the groups [{string.Join("; ", found)}], the sources' SharesCredit has [{string.Join("; ", declared)}]"
        );
    }

    [Fact]
    public void Pairs_OfSourcesThatEarn_AreDecidedOrShareOneCredit()
    {
        var infos = CatalogSources.All().ToDictionary(source => source.Info.Name, source => source.Info, StringComparer.Ordinal);
        var undecided = IndependenceReport
            .UndecidedPairs(EmbeddedDocument.Read("independence.md"))
            .Select(pair => (X: infos[pair.X], Y: infos[pair.Y]))
            .Where(pair => pair.X.ClaimedMinEntropy > 0 && pair.Y.ClaimedMinEntropy > 0)
            .ToList();

        Assert.All(undecided, pair => Assert.Equal(pair.X.SharesCredit ?? "none", pair.Y.SharesCredit));
    }

    /// <summary>Groups that have a member in common are one.</summary>
    private static List<HashSet<string>> Joined(IEnumerable<IEnumerable<string>> groups)
    {
        var joined = new List<HashSet<string>>();
        foreach (var group in groups)
        {
            var whole = group.ToHashSet(StringComparer.Ordinal);
            foreach (var other in joined.Where(whole.Overlaps).ToList())
            {
                whole.UnionWith(other);
                joined.Remove(other);
            }

            joined.Add(whole);
        }

        return joined;
    }

    private static IReadOnlyList<string> Lines(IEnumerable<IEnumerable<string>> groups) =>
        [.. groups.Select(group => string.Join(", ", group.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];
}
