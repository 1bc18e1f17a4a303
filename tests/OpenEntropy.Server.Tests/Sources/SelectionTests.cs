using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Sources;

/// <summary>What is configured to run, through the start of the service on this machine's own sources.</summary>
public sealed class SelectionTests
{
    [Theory]
    [InlineData("sleep_jitter")]
    [InlineData("clock_jitter, os_rng")]
    [InlineData("Timing")]
    [InlineData("hardware_trng")]
    [InlineData("*_jitter")]
    [InlineData("os_rng,clock_*,novel")]
    public async Task Start_NamesCategoriesAndGlobs_EnablesWhatTheyNameAndNothingElse(string selection)
    {
        await using var factory = new ServerFactory(("OpenEntropy:Sources:Enabled", selection)) { Sources = [] };
        using var client = factory.CreateClient();

        var sources = (await client.JsonAsync("/sources")).Body.GetProperty("sources").EnumerateArray().ToList();

        Assert.Contains("os_rng", sources.Select(source => source.Text("name")), StringComparer.Ordinal);
        Assert.All(
            sources.Where(source => source.Text("state") != "unavailable"), // selected or not, that is its state
            source =>
                Assert.Equal(
                    (source.Text("name"), IsNamed(source.Text("name"), source.Text("category"))),
                    (source.Text("name"), IsOn(source.Text("state")))
                )
        );

        static bool IsOn(string state) => state != "disabled";

        bool IsNamed(string name, string category) =>
            selection switch
            {
                "Timing" => category == "timing",
                "hardware_trng" => name.StartsWith("hardware_trng.", StringComparison.Ordinal),
                "*_jitter" => name.EndsWith("_jitter", StringComparison.Ordinal),
                "os_rng,clock_*,novel" => name == "os_rng" || name.StartsWith("clock_", StringComparison.Ordinal) || category == "novel",
                _ => selection.Split(", ").Contains(name, StringComparer.Ordinal),
            };
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("fast,slow")]
    [InlineData("slow,os_rng")]
    [InlineData("slow,system")]
    public async Task Start_WordsForSpeed_KeepWhatTurnsOutToBeSo(string selection)
    {
        await using var factory = new ServerFactory(("OpenEntropy:Sources:Enabled", selection));
        using var client = factory.CreateClient();
        await client.UntilStateAsync("os_rng", "healthy");

        var source = await client.SourceAsync("os_rng");

        Assert.True(source.GetProperty("fast").GetBoolean());
        Assert.InRange(source.GetProperty("startup_seconds").GetDouble(), 1e-9, 0.5);
    }

    [Fact]
    public async Task Start_SlowAlone_SwitchesOffWhatTurnsOutFastUntilAnOperatorWantsIt()
    {
        await using var factory = new ServerFactory(("OpenEntropy:Sources:Enabled", "slow"));
        using var client = factory.CreateClient();
        await client.UntilStateAsync("os_rng", "disabled");
        Assert.Contains(
            "`slow` takes those of 0.5 s and more",
            (await client.SourceAsync("os_rng")).Text("reason"),
            StringComparison.Ordinal
        );
        var fast = (await client.JsonAsync("/sources?select=fast")).Body.GetProperty("sources").EnumerateArray().ToList();
        Assert.Contains("os_rng", fast.Select(each => each.Text("name")), StringComparer.Ordinal);
        Assert.All(fast, each => Assert.True(each.GetProperty("fast").GetBoolean()));

        using var answer = await client.PostAsync(new Uri("/sources/os_rng/enable", UriKind.Relative), content: null);

        await client.UntilStateAsync("os_rng", "healthy");
        await ServerFactory.UntilAsync(async () => (await client.SourceAsync("os_rng")).GetProperty("bytes").GetInt64() > 4 * 1024);
        Assert.Equal("healthy", (await client.SourceAsync("os_rng")).Text("state"));
    }
}
