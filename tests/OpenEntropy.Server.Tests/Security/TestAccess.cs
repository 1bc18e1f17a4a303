using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Access without a service around it.</summary>
internal static class TestAccess
{
    /// <summary>What a start would settle: nothing but a digest, unless there are keys.</summary>
    public static AccessStart Start(string digest = "", string storage = "/dev/null/openentropy")
    {
        var files = new ApiKeyFiles(storage);
        return new AccessStart
        {
            Mode = AccessMode.Anonymous,
            Files = files,
            Stamp = files.Stamp(),
            Keys = files.Read() ?? KeySet.None,
            Operator = OperatorKey.Of(digest),
        };
    }

    public static KeyRing Ring(
        AccessStart start,
        TimeProvider? time = null,
        DeviationBoard? deviations = null,
        KeyAudit? audit = null,
        ILogger<KeyRing>? logger = null
    ) =>
        new(
            start,
            time ?? TimeProvider.System,
            deviations ?? new DeviationBoard(),
            audit ?? new KeyAudit(start, new NoAuditLog()),
            logger ?? NullLogger<KeyRing>.Instance
        );

    public static Access Create(string digest = "") => new(Start(digest), Ring(Start(digest)));
}
