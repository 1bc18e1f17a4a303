using Xunit;

namespace OpenEntropy.Pqc.Tests.Npm;

/// <summary>A test against a package of npm: skipped without <c>node</c>, <c>npm</c> or npm's registry.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute() => Skip = NpmFolder.WhyNot();
}

/// <inheritdoc cref="NpmFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmTheoryAttribute : TheoryAttribute
{
    public NpmTheoryAttribute() => Skip = NpmFolder.WhyNot();
}

/// <summary>A test against the Node of npm that is built on OpenSSL 3.5: skipped where <see cref="NpmFactAttribute"/> is, and on other systems than Linux on x64.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NewerNodeTheoryAttribute : TheoryAttribute
{
    public NewerNodeTheoryAttribute() => Skip = NpmFolder.WhyNotNewer();
}
