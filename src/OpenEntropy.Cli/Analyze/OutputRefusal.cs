using OpenEntropy.Assessment;

namespace OpenEntropy.Cli.Analyze;

/// <summary>Keeps a report from the place of a recording: that cannot be made again, and a report can.</summary>
internal static class OutputRefusal
{
    private const string HeaderExtension = ".json";
    private const string SamplesExtension = ".bin";

    /// <summary>Refuses a report's name that is a name of what is read, through links too, or that would be taken for the header of samples beside it.</summary>
    /// <exception cref="AssessmentInputException">It is.</exception>
    public static void Check(AnalyzeRequest request)
    {
        if (request.Output is not { } output)
            return;
        var place = CanonicalPath.Of(output);
        if (Read(request).Any(each => CanonicalPath.Of(each) == place))
            throw new AssessmentInputException($"{output} is what is to be read: give the report another name.");
        if (HeaderOf(request, output) is { } samples)
            throw new AssessmentInputException($"{output} would be taken for the header of {samples}: give the report another name.");
    }

    private static string[] Read(AnalyzeRequest request) =>
        request.Path == SampleInput.StandardInput ? []
        : SampleInput.RecordingOf(request) is { } name ? [name + SamplesExtension, name + HeaderExtension]
        : [request.Path];

    /// <summary>The samples that a file of this name would be the header of; null where there are none.</summary>
    private static string? HeaderOf(AnalyzeRequest request, string output)
    {
        if (!output.EndsWith(HeaderExtension, StringComparison.Ordinal))
            return null;
        var name = Path.GetFullPath(output)[..^HeaderExtension.Length];
        if (File.Exists(name + SamplesExtension))
            return name + SamplesExtension;
        return request.Path != SampleInput.StandardInput && CanonicalPath.Of(name) == CanonicalPath.Of(request.Path) ? request.Path : null;
    }
}
