namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>The ink of a state, of a source or of the whole.</summary>
internal static class StateInk
{
    public static Ink Of(string state) =>
        state switch
        {
            "healthy" => Ink.Good,
            "starting" or "degraded" => Ink.Warning,
            "failed" or "permanently_failed" or "unhealthy" => Ink.Bad,
            _ => Ink.Dim,
        };
}
