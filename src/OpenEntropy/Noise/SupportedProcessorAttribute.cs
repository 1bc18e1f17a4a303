using System.Runtime.InteropServices;

namespace OpenEntropy.Noise;

/// <summary>A noise source's instructions or system calls are made for these processors alone: on others the source is unavailable.</summary>
/// <param name="processors">The processors.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SupportedProcessorAttribute(params Architecture[] processors) : Attribute
{
    /// <summary>The processors.</summary>
    public IReadOnlyList<Architecture> Processors { get; } = processors;
}
