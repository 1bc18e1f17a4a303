using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>A test in a browser; reported as skipped where there is no Chromium, or nothing to drive it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.WhyNot();
}

/// <inheritdoc cref="ChromiumFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = Chromium.WhyNot();
}

/// <summary>The same against a package of npm: skipped without <c>node</c>, <c>npm</c> or npm's registry too.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute() => Skip = Chromium.WhyNot() ?? NpmFolder.WhyNot();
}
