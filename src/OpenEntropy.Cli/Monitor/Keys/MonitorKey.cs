namespace OpenEntropy.Cli.Monitor.Keys;

/// <summary>What a key press asks for.</summary>
internal enum MonitorKey
{
    /// <summary>The source above.</summary>
    Up,

    /// <summary>The source below.</summary>
    Down,

    /// <summary>Ten sources up.</summary>
    PageUp,

    /// <summary>Ten sources down.</summary>
    PageDown,

    /// <summary>The first source.</summary>
    First,

    /// <summary>The last source.</summary>
    Last,

    /// <summary>Switch the chosen source on or off.</summary>
    Switch,

    /// <summary>Test the chosen source anew.</summary>
    Retest,

    /// <summary>Read all figures now.</summary>
    Refresh,

    /// <summary>Show or hide the list of keys.</summary>
    Help,

    /// <summary>Escape alone: hide the list of keys.</summary>
    Escape,

    /// <summary>Write the whole screen anew (Ctrl-L).</summary>
    Repaint,

    /// <summary>End (also Ctrl-C and Ctrl-D, which raw mode hands over as bytes).</summary>
    Quit,
}
