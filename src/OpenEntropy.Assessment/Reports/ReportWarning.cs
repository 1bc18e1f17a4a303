namespace OpenEntropy.Assessment.Reports;

/// <summary>Something to know before a figure of the report is read.</summary>
/// <param name="Code">For programs: a name that stays.</param>
/// <param name="Text">For people: one or two sentences.</param>
public sealed record ReportWarning(string Code, string Text);
