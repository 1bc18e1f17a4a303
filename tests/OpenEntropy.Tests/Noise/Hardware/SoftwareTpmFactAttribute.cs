using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>A fact about a whole TPM 2.0, in software; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoftwareTpmFactAttribute : FactAttribute
{
    public SoftwareTpmFactAttribute() => Skip = SoftwareTpm.Program is null ? "swtpm is not installed (Debian package swtpm)" : null;
}
