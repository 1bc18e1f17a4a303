namespace OpenEntropy.Health;

/// <summary>Where an entropy source stands. Only <see cref="Healthy"/> sources earn credit.</summary>
public enum SourceState
{
    /// <summary>This machine does not have the phenomenon, or the device cannot be had.</summary>
    Unavailable,

    /// <summary>Not selected, or switched off.</summary>
    Disabled,

    /// <summary>Its start-up test is under way (SP 800-90B, 4.3).</summary>
    Starting,

    /// <summary>Its start-up test passed and no test has failed since.</summary>
    Healthy,

    /// <summary>A health test failed intermittently, or no samples came: it must pass its start-up test again.</summary>
    Failed,

    /// <summary>A health test failed permanently: off until an operator enables it again.</summary>
    PermanentlyFailed,
}
