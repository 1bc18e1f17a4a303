using OpenEntropy.Assessment.Randomness;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Documented;

public sealed class DocumentedNamesTests
{
    [Fact]
    public void EarlierNames_AreAllInTheDocument() =>
        AssessmentDocument.AssertHolds([
            "| name of the earlier battery | test here | where it comes from |",
            "|---|---|---|",
            .. EarlierNames.All.Select(names => Row(names.Earlier, RandomnessBattery.Find(names.Earlier)!)),
        ]);

    [Fact]
    public void FurtherTests_AreAllInTheDocumentWithTheirKinds() =>
        AssessmentDocument.AssertHolds([
            "| p-values | tests |",
            "|---|---|",
            .. Enum.GetValues<PValueKind>()
                .Select(kind => (Kind: kind, Tests: RandomnessBattery.Further.Where(test => test.Kind == kind)))
                .Select(row => $"| {row.Kind.ToString().ToLowerInvariant()} | {string.Join("; ", row.Tests.Select(test => test.Name))} |"),
        ]);

    private static string Row(string earlier, RandomnessTest test) => $"| {earlier} | {test.Name} | {test.Source} |";
}
