namespace OpenEntropy.Cli.Monitor.Painting;

/// <summary>What a cell's text is, from which its style follows. Nothing is told by colour alone.</summary>
internal enum Ink
{
    /// <summary>Text.</summary>
    Plain,

    /// <summary>Labels, frames, what is off.</summary>
    Dim,

    /// <summary>Headings.</summary>
    Title,

    /// <summary>Healthy.</summary>
    Good,

    /// <summary>On the way, or degraded.</summary>
    Warning,

    /// <summary>Failed, or no answer.</summary>
    Bad,

    /// <summary>The chosen row.</summary>
    Chosen,

    /// <summary>Bars of min-entropy, of a histogram, of the pool's fill.</summary>
    Bar,

    /// <summary>Points of Shannon entropy.</summary>
    Point,
}
