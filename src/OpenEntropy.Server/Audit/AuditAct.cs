namespace OpenEntropy.Server.Audit;

/// <summary>What the audit log tells of. The names, in snake_case, are part of the format: none changes its meaning.</summary>
internal enum AuditAct
{
    /// <summary>The service has started; a start that is refused has no entry. The subject is its version.</summary>
    ServiceStart,

    /// <summary>The service was stopped, as asked; an end by a signal that cannot be caught has no entry.</summary>
    ServiceStop,

    /// <summary>A source was switched on.</summary>
    SourceEnable,

    /// <summary>A source was switched off.</summary>
    SourceDisable,

    /// <summary>A source was tested anew.</summary>
    SourceRetest,

    /// <summary>A bundle of keys was made; the subject is its id.</summary>
    BundleMint,

    /// <summary>Bundles were verified.</summary>
    BundleVerify,

    /// <summary>A bundle was deleted.</summary>
    BundleDelete,

    /// <summary>An assessment of a source was asked for.</summary>
    AssessmentRequest,

    /// <summary>An API key was created; the subject is its id.</summary>
    KeyCreate,

    /// <summary>An API key was revoked; the subject is its id.</summary>
    KeyRevoke,

    /// <summary>Keys or certificates were presented.</summary>
    Authenticate,

    /// <summary>A drill began.</summary>
    DrillBegin,

    /// <summary>A drill ended.</summary>
    DrillEnd,

    /// <summary>The self-tests were run.</summary>
    SelfTest,

    /// <summary>Random output was drawn for answers.</summary>
    Output,

    /// <summary>A signed checkpoint; the subject is the key's id.</summary>
    LogCheckpoint,

    /// <summary>The oldest file of the log is deleted; the subject is its name, count the numbers of entries that go with it.</summary>
    LogDelete,

    /// <summary>A line that was not written to its end was cut off; bytes says how much.</summary>
    LogCut,

    /// <summary>The log goes on in a new file, since the one before is damaged; the subject is that one's name.</summary>
    LogDamaged,

    /// <summary>Entries that could not be written in time are lost; count says how many.</summary>
    LogGap,
}
