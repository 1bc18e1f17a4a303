using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

/// <summary>A test against the <c>openssl</c> on the PATH, of any version from 3.0: skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenSslFactAttribute : FactAttribute
{
    public OpenSslFactAttribute() =>
        Skip = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, "openssl")))
            ? null
            : "not on the PATH: openssl";
}
