namespace OpenEntropy.Evidence;

/// <summary>Where a command writes and what time it is.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and refusals.</param>
/// <param name="Time">Dates recordings and documents.</param>
internal sealed record EvidenceConsole(TextWriter Out, TextWriter Error, TimeProvider Time);
