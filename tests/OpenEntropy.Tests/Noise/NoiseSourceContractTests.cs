using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>What every noise source of the catalog keeps, whether written today or later.</summary>
[Collection(HardwareAlone.Name)]
public sealed partial class NoiseSourceContractTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private const int StartupSamples = 1024; // SP 800-90B, 4.3

    [Fact]
    public void Create_AllSources_HaveDistinctNames() =>
        Assert.Equal(catalog.Sources.Count, catalog.Sources.Select(source => source.Info.Name).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(CatalogFixture.AllNames), MemberType = typeof(CatalogFixture))]
    public void Info_OfEverySource_IsWellFormed(string name)
    {
        var (info, type) = (catalog[name].Info, catalog[name].GetType());

        Assert.Matches(NameFormat(), info.Name);
        Assert.Equal(Namespace(info.Category), type.Namespace);
        Assert.False(string.IsNullOrWhiteSpace(info.Mechanism));
        Assert.False(string.IsNullOrWhiteSpace(info.ClaimBasis));
        Assert.InRange(info.Threads, 1, 2);
        Assert.True(info.Deadline > TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(CatalogFixture.AllNames), MemberType = typeof(CatalogFixture))]
    public void Info_Claim_IsAtMostAThirdAndOnlyForMeasuredNoise(string name)
    {
        var info = catalog[name].Info;

        Assert.InRange(info.ClaimedMinEntropy, 0, info.Origin == NoiseOrigin.Measured ? 1.0 / 3 : 0);
    }

    [Fact]
    public void Clock_OfEverySource_TellsItsUnitAndIsOfAMeasurement()
    {
        static bool HasClock(NoiseSourceInfo info) => info.Clock is not null;
        var infos = catalog.Sources.Select(source => source.Info).ToList();

        // What a system or a vendor generates or counts is no duration, nor is a measured pixel or sound.
        Assert.DoesNotContain(infos, info => info.Origin != NoiseOrigin.Measured && HasClock(info));
        Assert.All(infos.Where(info => HasClock(info) && !info.IsTimedByTickCounter), info => Assert.Matches("second|tick", info.Clock));
    }

    [Theory]
    [MemberData(nameof(CatalogFixture.AllNames), MemberType = typeof(CatalogFixture))]
    public void WhyUnavailable_WhereUnavailable_IsAClauseWithoutFullStop(string name)
    {
        var reason = catalog[name].WhyUnavailable();

        Assert.True(reason is null || (reason.Trim().Length > 0 && !reason.EndsWith('.')), reason);
        Assert.Equal(reason, catalog[name].WhyUnavailable());
    }

    [Theory]
    [MemberData(nameof(CatalogFixture.AvailableNames), MemberType = typeof(CatalogFixture))]
    public void Collect_AfterEachOfTwoOpenings_FillsWhatIsAsked(string name)
    {
        Assert.Equal(16, catalog.Record(name, 16).Length);
        Assert.Equal(16, catalog.Record(name, 16).Length);
    }

    [Theory]
    [MemberData(nameof(CatalogFixture.AvailableNames), MemberType = typeof(CatalogFixture))]
    public void Collect_AfterClose_ThrowsOrWorksAndTouchesNothingGivenBack(string name)
    {
        var samples = new byte[64];
        WhileOpen(name, source => CatalogFixture.Fill(source, samples.AsSpan(0, 1)));

        // What needs nothing opened may go on; memory that was given back would end this process.
        var thrown = Xunit.Record.Exception(() => catalog[name].Collect(samples));

        Assert.True(thrown is null or NoiseSourceException, thrown?.ToString());
    }

    [Theory]
    [MemberData(nameof(CatalogFixture.AvailableNames), MemberType = typeof(CatalogFixture))]
    public void Collect_InSteadyState_AllocatesNothing(string name) =>
        WhileOpen(
            name,
            source =>
            {
                var samples = new byte[32];
                CatalogFixture.Fill(source, samples);

                var before = GC.GetAllocatedBytesForCurrentThread();
                _ = source.Collect(samples);

                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        );

    [Theory]
    [MemberData(nameof(CatalogFixture.AvailableNames), MemberType = typeof(CatalogFixture))]
    public void Collect_OfOneSample_EndsWithinTheDeadline(string name) =>
        WhileOpen(
            name,
            source =>
            {
                var start = Stopwatch.GetTimestamp();
                _ = source.Collect(new byte[1]);

                Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, source.Info.Deadline);
            }
        );

    [Theory]
    [Trait("Category", "Hardware")]
    [MemberData(nameof(CatalogFixture.CreditedNames), MemberType = typeof(CatalogFixture))]
    public void Collect_OfACreditedSource_KeepsTheMostCommonValueWithinTheClaim(string name)
    {
        var samples = catalog.Record(name, StartupSamples);

        var mostCommon = samples.CountBy(sample => sample).Max(pair => pair.Value);
        var allowed = Math.Pow(2, -catalog[name].Info.ClaimedMinEntropy); // a claim of H bits: no value is likelier than 2^-H

        Assert.InRange((double)mostCommon / samples.Length, 0, allowed);
    }

    private void WhileOpen(string name, Action<NoiseSource> test)
    {
        var source = catalog[name];
        try
        {
            source.Open();
            test(source);
        }
        finally
        {
            source.Close();
        }
    }

    [GeneratedRegex(
        @"\A[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NameFormat();

    /// <summary>The folder's, except that OpenEntropy.Noise.System would hide the framework's System from its neighbours.</summary>
    private static string Namespace(NoiseCategory category) =>
        category == NoiseCategory.System ? "OpenEntropy.Noise" : $"OpenEntropy.Noise.{category}";
}
