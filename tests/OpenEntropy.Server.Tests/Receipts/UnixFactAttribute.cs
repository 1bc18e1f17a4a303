using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>A fact about file modes, skipped on Windows, which has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no file modes" : null;
}
