using OpenEntropy.Server.Health;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Audit;

/// <summary>Who acted, as the log names them.</summary>
/// <param name="Kind">A <see cref="CallerKind"/>, <c>service</c> or <c>others</c>.</param>
/// <param name="Id">Which of them: an address, a key's id, a certificate's subject.</param>
internal sealed record AuditParty(string Kind, string Id)
{
    /// <summary>The service itself.</summary>
    public static AuditParty Service { get; } = new("service", "service");

    /// <summary>Callers beyond those that are told apart in a minute.</summary>
    public static AuditParty Others { get; } = new("others", "others");

    /// <summary>A caller.</summary>
    /// <param name="caller">Who; null: the service itself.</param>
    public static AuditParty Of(Caller? caller) =>
        caller is null ? Service : new AuditParty(StateNames<CallerKind>.Of(caller.Kind), AuditText.Clean(caller.Id));
}
