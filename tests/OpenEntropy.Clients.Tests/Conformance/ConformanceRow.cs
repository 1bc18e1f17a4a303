namespace OpenEntropy.Clients.Tests.Conformance;

/// <summary>A line of the page's table.</summary>
/// <param name="Client">The program.</param>
/// <param name="Version">Its version where the page was written.</param>
/// <param name="What">What was run.</param>
/// <param name="Result">"passed", or why not.</param>
internal sealed record ConformanceRow(string Client, string Version, string What, string Result)
{
    /// <summary>What a client got who got what it wants.</summary>
    public const string Passed = "passed";

    /// <summary>The row without the version, which may differ from machine to machine.</summary>
    public string Told => $"{Client} | {What} | {Result}";
}
