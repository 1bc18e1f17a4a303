using OpenEntropy.Pqc.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>A test of the platform's ML-KEM: skipped where it has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlatformMlKemTheoryAttribute : TheoryAttribute
{
    public PlatformMlKemTheoryAttribute() =>
        Skip = PlatformMlKemKey.IsSupported ? null : "The platform has no ML-KEM: that needs OpenSSL 3.5 or later, or Windows.";
}
