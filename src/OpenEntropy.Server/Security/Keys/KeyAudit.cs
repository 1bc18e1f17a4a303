using OpenEntropy.Server.Audit;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>
/// Enters in the audit log which keys were made and revoked while the service runs. The command that does it cannot, since the service holds the log.
/// </summary>
/// <param name="start">The keys that were there at the start, of which nothing is told.</param>
/// <param name="audit">The log.</param>
internal sealed class KeyAudit(AccessStart start, IAuditLog audit)
{
    // By id, whether it was revoked: of a list that is gone and comes back nothing is told twice.
    private readonly Dictionary<string, bool> _told = start.Keys.All.ToDictionary(
        key => key.Id,
        key => key.Revoked is not null,
        StringComparer.Ordinal
    );

    /// <summary>Done when all that was found is entered, or could not be.</summary>
    public Task Entered { get; private set; } = Task.CompletedTask;

    /// <summary>Enters what is new. Nothing waits for it. Not to be called by two threads at once.</summary>
    /// <param name="keys">The keys as they were read.</param>
    public void Take(KeySet keys)
    {
        var acts = new List<(AuditAct Act, string Id)>();
        foreach (var key in keys.All)
        {
            if (!_told.TryGetValue(key.Id, out var wasRevoked))
            {
                acts.Add((AuditAct.KeyCreate, key.Id));
            }

            if (key.Revoked is not null && !wasRevoked)
            {
                acts.Add((AuditAct.KeyRevoke, key.Id));
            }

            _told[key.Id] = key.Revoked is not null || wasRevoked;
        }

        if (acts.Count > 0)
        {
            Entered = EnterAsync(Entered, acts);
        }
    }

    private async Task EnterAsync(Task before, List<(AuditAct Act, string Id)> acts)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            foreach (var (act, id) in acts)
            {
                await using var begun = await audit.BeginAsync(act, caller: null, id, CancellationToken.None);
                await begun.EndAsync(AuditOutcome.Done);
            }
        }
        catch (Exception exception) when (exception is AuditUnavailableException or ObjectDisposedException)
        {
            // The log tells itself that it cannot be written, or the service stops.
        }
    }
}
