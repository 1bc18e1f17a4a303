using OpenEntropy.Noise;

namespace OpenEntropy.Server.Tests;

/// <summary>A noise source that recites a fixed sequence (a linear congruential generator's high byte), the same in every run.</summary>
/// <param name="name">Its name.</param>
/// <param name="start">Where the sequence starts.</param>
internal sealed class ScriptedNoiseSource(string name, uint start) : NoiseSource
{
    private uint _state = start;

    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = name,
            Category = NoiseCategory.Novel,
            Mechanism = "A script.",
            ClaimedMinEntropy = 1.0 / 3,
            ClaimBasis = "None: for tests.",
        };

    protected internal override int Collect(Span<byte> samples)
    {
        foreach (ref var sample in samples)
        {
            _state = unchecked((_state * 1664525) + 1013904223);
            sample = (byte)(_state >> 24);
        }

        return samples.Length;
    }
}
