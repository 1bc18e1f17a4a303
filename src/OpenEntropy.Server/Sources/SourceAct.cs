namespace OpenEntropy.Server.Sources;

/// <summary>What an operator may do to a source while the service runs.</summary>
internal enum SourceAct
{
    /// <summary>Switch it on, also after a permanent failure.</summary>
    Enable,

    /// <summary>Switch it off.</summary>
    Disable,

    /// <summary>Ask for its start-up test (SP 800-90B, 4.3: health tests on demand).</summary>
    Retest,
}
