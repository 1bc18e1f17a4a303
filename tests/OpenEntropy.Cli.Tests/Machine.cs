using System.Diagnostics;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Cli.Tests;

/// <summary>A console whose machine has scripted noise sources alone. They bear names of the catalog, since options are held against that.</summary>
internal static class Machine
{
    /// <summary>Selects nothing of the catalog that runs anywhere: a pool then has the scripted sources alone.</summary>
    public const string Nothing = "hardware_trng.tpm";

    /// <summary>Commands that try sources by themselves get these.</summary>
    public static Func<CommandConsole, CommandConsole> Of(params NoiseSource[] sources) =>
        console => console with { NoiseSources = () => sources };

    /// <summary>A pool over the selection <see cref="Nothing"/> gets these.</summary>
    public static Func<CommandConsole, CommandConsole> OfPool(Func<NoiseSource[]> sources) =>
        console =>
            console with
            {
                NoiseSources = () => [new ScriptedNoiseSource(Nothing)],
                CreatePool = options =>
                {
                    foreach (var source in sources())
                        options.AdditionalSources.Add(source);
                    return new EntropyPool(options);
                },
            };

    /// <summary>Sources that fill a pool in a moment.</summary>
    public static NoiseSource[] Lively() =>
        [new ScriptedNoiseSource("one"), new ScriptedNoiseSource("two"), new ScriptedNoiseSource("three")];

    /// <summary>A source that takes two milliseconds for a sample.</summary>
    public static ScriptedNoiseSource Slow(string name) => new(name) { AtMost = 1, Busy = Dawdle };

    // By the clock that the source is measured by: waits of the framework end by a coarser one, some at once.
    private static void Dawdle(bool begins)
    {
        var begun = Stopwatch.GetTimestamp();
        while (begins && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMilliseconds(2))
            Thread.Yield();
    }
}
