using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>What was assessed, and by what.</summary>
internal static class SubjectPages
{
    public static IEnumerable<Block> Of(AssessmentReport report)
    {
        var subject = report.Subject;
        var rows = new List<IReadOnlyList<string>>();
        Add("samples", $"{subject.Samples:N0}");
        Add("SHA-256 of the samples, one a byte", subject.Sha256);
        Add("distinct samples (k)", $"{subject.AlphabetSize}");
        Add("width of a sample (w)", $"{subject.SymbolBits} bits");
        Add("kind", subject.Kind is { } kind ? Words.Of(kind) : "not told; taken for raw");
        foreach (var (name, value) in subject.Recording is { } header ? Header(header) : [])
            Add(name, Figures.Plain(value));
        Add("computed by", $"{Words.Product} {AssessmentReport.ProductVersion}");
        yield return new Heading(2, "What was assessed");
        yield return new Table([new Column("item"), new Column("value")], rows);

        void Add(string item, string value) => rows.Add([item, value]);
    }

    private static IEnumerable<(string Name, string Value)> Header(RecordingHeader header)
    {
        yield return ("source", header.Source);
        yield return ("digitization", header.Digitization);
        if (header.Sequence is { } sequence)
            yield return ("sequence", sequence);
        if (header.BrokenOff is { } reason)
            yield return ("broken off", reason);
        if (header.Clock is { } clock)
            yield return ("clock", clock);
        if (header.ClockStepNs is { } step)
            yield return ("step of the clock", $"{Figures.Full(step)} ns");
        yield return ("recorded, UTC", $"{header.Start.UtcDateTime:u} to {header.End.UtcDateTime:u}");
        yield return ("recorded by", $"{Words.Product} {header.ProductVersion}");
        var machine = header.Machine;
        yield return ("machine", $"{machine.Cpu}, {machine.Cores} cores");
        if (machine.Virtualization is { } virtualization)
            yield return ("virtual machine", virtualization);
        yield return ("system", $"{machine.Os}, kernel {machine.Kernel}");
    }
}
