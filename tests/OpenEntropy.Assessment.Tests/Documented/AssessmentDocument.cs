using Xunit;

namespace OpenEntropy.Assessment.Tests.Documented;

/// <summary>docs/assessment.md, whose tables and figures are computed.</summary>
internal static class AssessmentDocument
{
    /// <summary>Fails where the document does not hold the lines as they are computed, and shows what to put into it.</summary>
    /// <param name="lines">A table or a part of one.</param>
    public static void AssertHolds(params IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines) + '\n';
        Assert.True(Text().Contains(text, StringComparison.Ordinal), $"docs/assessment.md is out of date. It should hold:\n{text}");
    }

    private static string Text()
    {
        using var stream = typeof(AssessmentDocument).Assembly.GetManifestResourceStream("assessment.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
