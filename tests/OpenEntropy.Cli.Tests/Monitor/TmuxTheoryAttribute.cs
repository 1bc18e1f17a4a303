using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>As <see cref="TmuxFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmuxTheoryAttribute : TheoryAttribute
{
    public TmuxTheoryAttribute() => Skip = new TmuxFactAttribute().Skip;
}
