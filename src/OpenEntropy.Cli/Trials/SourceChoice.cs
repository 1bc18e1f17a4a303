using OpenEntropy.Cli.Running;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Trials;

/// <summary>A noise source that a selection names.</summary>
/// <param name="Noise">The source, not open.</param>
/// <param name="OnlyIf">The speed that it must turn out to have; <see cref="SourceSpeed.Unknown"/>: any.</param>
internal sealed record SourceChoice(NoiseSource Noise, SourceSpeed OnlyIf)
{
    /// <summary>The sources of a selection, in catalog order.</summary>
    /// <param name="console">Where the sources come from.</param>
    /// <param name="selection">Names, categories, globs, <c>fast</c>, <c>slow</c>, <c>all</c>, separated by commas.</param>
    /// <exception cref="CommandFailureException">It names nothing.</exception>
    public static IReadOnlyList<SourceChoice> Of(CommandConsole console, string selection)
    {
        var noises = console.NoiseSources();
        if (SourceSelection.Select(selection, [.. noises.Select(noise => noise.Info)], out var selected) is { } why)
            throw new CommandFailureException($"{why}.");
        var byName = noises.ToDictionary(noise => noise.Info.Name, StringComparer.Ordinal);
        return [.. selected.Select(each => new SourceChoice(byName[each.Name], each.OnlyIf))];
    }

    /// <summary>The source with its health tests; whether the machine has it is being looked at.</summary>
    public EntropySource Open() => new(Noise, new HealthOptions(), creditVendors: false, selected: true, TimeProvider.System);
}
