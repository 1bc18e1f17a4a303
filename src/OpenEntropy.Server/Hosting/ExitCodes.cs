namespace OpenEntropy.Server.Hosting;

/// <summary>What the process exits with.</summary>
internal static class ExitCodes
{
    /// <summary>It ran and was asked to stop.</summary>
    public const int Success = 0;

    /// <summary>It could not start (configuration, address in use), or its harvest broke.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;
}
