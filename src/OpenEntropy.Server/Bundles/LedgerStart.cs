namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Opens the ledger once the service has started, so that what an end of the process left is repaired and told then, not at the first request. Where there
/// is none, nothing is loaded or made.
/// </summary>
/// <param name="services">Hold the ledger.</param>
/// <param name="options">Name the storage directory.</param>
/// <param name="lifetime">Tells when the service has started.</param>
internal sealed class LedgerStart(IServiceProvider services, EntropyPoolOptions options, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var storage = options.Storage.Directory;
        if (
            !Directory.Exists(Path.Combine(storage, LedgerKeeper.Folder))
            && !File.Exists(Path.Combine(storage, "identity", LedgerNote.Name))
        )
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var onStop = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;
        await OpenAsync(stoppingToken);
    }

    // Apart from the rest: what it names is loaded when it begins.
    private async Task OpenAsync(CancellationToken stop)
    {
        var ledger = services.GetRequiredService<LedgerKeeper>();
        try
        {
            // A problem of the identity is in the log already. Without it nobody knows which files were signed here.
            if (await services.GetRequiredService<BundleKeeper>().OpenAsync(mayCreate: false, stop) is null)
            {
                await Task.Run(ledger.Open, stop);
            }
        }
        catch (Exception exception) when (LedgerKeeper.IsProblem(exception))
        {
            _ = ledger.Tell(exception); // to the log; requests are told themselves
        }
    }
}
