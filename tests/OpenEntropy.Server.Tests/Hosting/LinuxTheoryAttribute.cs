using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

/// <summary>A fact about Linux, skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "It is about Linux's system calls";
}
