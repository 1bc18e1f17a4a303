using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

/// <summary>A fact about Linux, skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "It is about Linux's kernel";
}
