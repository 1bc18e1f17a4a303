using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

/// <summary>A fact about Linux that only root can look at, skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() =>
        Skip =
            !OperatingSystem.IsLinux() ? "It is about Linux's kernel"
            : !Environment.IsPrivilegedProcess ? "It reads the memory of a process that may not be dumped, as only root can"
            : null;
}
