using OpenEntropy.Noise;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>A noise source that replays a fixed sequence that passes the health tests; from seed 0, the value 0 for ever.</summary>
/// <param name="name">Its name.</param>
/// <param name="seed">Where in the sequence it starts.</param>
internal sealed class ScriptedSource(string name, uint seed) : NoiseSource
{
    private readonly bool _stuck = seed == 0;
    private uint _state = seed;

    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = name,
            Category = NoiseCategory.Novel,
            Mechanism = "A scripted sequence.",
            ClaimedMinEntropy = 1.0 / 3,
            ClaimBasis = "Scripted for tests.",
        };

    protected internal override int Collect(Span<byte> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            _state = _stuck ? 0 : (_state * 1_664_525) + 1_013_904_223;
            samples[i] = (byte)(_state >> 24); // digitization: the top byte of a linear congruential sequence
        }

        return samples.Length;
    }
}
