using System.Reflection;
using Xunit;

namespace OpenEntropy.Assessment.Tests;

public sealed class AssessmentSurfaceTests
{
    private static readonly Assembly s_assessment = typeof(SampleSet).Assembly;

    [Fact]
    public void References_OfTheAssessment_AreThePlatformAndMathNetAlone() =>
        Assert.All(
            s_assessment.GetReferencedAssemblies(),
            reference => Assert.True(IsOfThePlatform(reference.Name!) || reference.Name == "MathNet.Numerics", reference.Name)
        );

    private static bool IsOfThePlatform(string name) => name.StartsWith("System.", StringComparison.Ordinal);
}
