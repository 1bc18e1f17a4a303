using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>Tests of the real phenomenon time the machine, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HardwareAlone
{
    public const string Name = "Hardware";
}
