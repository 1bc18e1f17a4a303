using System.Text.Json;
using Xunit;

namespace OpenEntropy.Tests;

public sealed class EntropyPoolOptionsCopyTests
{
    [Fact]
    public void Of_OptionsAllChanged_CopiesEveryPropertyAndSharesNone()
    {
        var options = new EntropyPoolOptions();
        object[] parts =
        [
            options.Sources,
            options.Harvest,
            options.Health,
            options.Conditioning,
            options.Pool,
            options.Drbg,
            options.Storage,
        ];
        foreach (var part in parts)
        {
            foreach (
                var property in part.GetType()
                    .GetProperties()
                    .Where(property => property.PropertyType != typeof(IDictionary<string, IDictionary<string, string>>))
            )
                property.SetValue(part, Other(property.GetValue(part)!));
        }

        options.Sources.Settings["disk_io"] = new Dictionary<string, string> { ["path"] = "there" };
        options.AdditionalSources.Add(new Scripted.ScriptedNoiseSource("one"));
        var copy = EntropyPoolOptionsCopy.Of(options);
        Assert.Equal(Text(options), Text(copy));
        Assert.Same(options.AdditionalSources[0], copy.AdditionalSources[0]);
        options.Sources.Settings["disk_io"]["path"] = "elsewhere";
        Assert.NotEqual(Text(options), Text(copy));
    }

    private static string Text(EntropyPoolOptions o) =>
        JsonSerializer.Serialize(new object[] { o.Sources, o.Harvest, o.Health, o.Conditioning, o.Pool, o.Drbg, o.Storage });

    private static object Other(object value) =>
        value switch
        {
            int number => number + 1,
            double number => number / 2,
            bool truth => !truth,
            TimeSpan span => span * 2,
            string text => text + "2",
            _ => throw new InvalidOperationException($"{value.GetType()}"),
        };
}
