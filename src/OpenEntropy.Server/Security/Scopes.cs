namespace OpenEntropy.Server.Security;

/// <summary>What a caller may do: each route asks for one of these.</summary>
[Flags]
internal enum Scopes
{
    /// <summary>Nothing but what everybody may.</summary>
    None = 0,

    /// <summary>Random bytes and values.</summary>
    Random = 1,

    /// <summary>Raw, unconditioned samples, where the service serves them at all.</summary>
    Raw = 2,

    /// <summary>Making bundles of keys.</summary>
    Mint = 4,

    /// <summary>Switching and testing sources, asking for assessments.</summary>
    Operate = 8,

    /// <summary>Reading the service's state: figures, sources, events, assessments, bundles without secret keys.</summary>
    Metrics = 16,

    /// <summary>What changes nothing: all that is open to everybody where no key is needed.</summary>
    Reading = Random | Raw | Metrics,

    /// <summary>What changes something, and so is an operator's.</summary>
    Acts = Mint | Operate,

    /// <summary>Everything.</summary>
    All = Reading | Acts,
}
