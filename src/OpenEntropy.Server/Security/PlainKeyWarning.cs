namespace OpenEntropy.Server.Security;

/// <summary>Says, in a header of the answer, that a key came where whoever listens on the network has it now, too: by plain HTTP, from another machine.</summary>
internal static class PlainKeyWarning
{
    /// <summary>The header. That of HTTP itself, Warning, is obsolete (RFC 9111, 5.5).</summary>
    public const string Header = "OpenEntropy-Warning";

    /// <summary>What it says, whatever the key was, good or not.</summary>
    public const string Text = "a key came by plain HTTP, where others can read it: revoke it, and use https";

    /// <summary>Sets it where it is due. What a trusted proxy says of its client holds here; the hop to an untrusted one is judged as any other.</summary>
    /// <param name="context">The request; nothing of its response was sent.</param>
    public static void Set(HttpContext context)
    {
        if (!context.Request.IsHttps && !Peer.IsThisMachine(context.Connection.RemoteIpAddress) && PresentedKeys.Any(context.Request))
        {
            context.Response.Headers[Header] = Text;
        }
    }
}
