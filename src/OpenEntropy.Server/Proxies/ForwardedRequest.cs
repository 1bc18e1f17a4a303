namespace OpenEntropy.Server.Proxies;

/// <summary>Marks a request that a trusted proxy passed on: whatever address it has now, it is nobody's on this machine.</summary>
internal sealed class ForwardedRequest
{
    /// <summary>The mark.</summary>
    public static readonly ForwardedRequest Mark = new();

    private ForwardedRequest() { }
}
