using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Recording;

/// <summary>What became of one source of a session.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Header">The header of its recording; null where there is none.</param>
/// <param name="BrokenOff">Why it has fewer samples than were asked for; null where it has them.</param>
internal sealed record SourceOutcome(string Source, RecordingHeader? Header, string? BrokenOff);

/// <summary>Records one source to disk.</summary>
/// <param name="source">The source.</param>
/// <param name="samples">Gives its samples.</param>
/// <param name="wanted">How many are wanted.</param>
/// <param name="time">The clock.</param>
internal sealed class SourceRecorder(NoiseSourceInfo source, SourceSamples samples, int wanted, TimeProvider time)
{
    private int _count;

    /// <summary>Samples recorded so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Samples that are wanted.</summary>
    public int Wanted => wanted;

    /// <summary>Records until it has what is wanted, or cannot.</summary>
    /// <param name="writer">Where to; completed, unless there is no sample.</param>
    /// <param name="over">When its time is over: it has then what was asked for.</param>
    /// <param name="end">Asks it to stop before.</param>
    public async Task<SourceOutcome> RunAsync(RecordingWriter writer, CancellationToken over, CancellationToken end)
    {
        var reason = await FillAsync(writer, over, end);
        if (writer.Count == 0)
            return new SourceOutcome(source.Name, Header: null, reason ?? "its time was over before the first sample");
        try
        {
            var header = writer.Complete(SourceHeader.Of(source, samples.First!.Value, time.GetUtcNow(), reason));
            return new SourceOutcome(source.Name, header, reason);
        }
        catch (IOException exception)
        {
            return new SourceOutcome(source.Name, Header: null, exception.Message);
        }
    }

    private async Task<string?> FillAsync(RecordingWriter writer, CancellationToken over, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, end);
        try
        {
            while (writer.Count < wanted)
            {
                var piece = await samples.NextAsync(wanted - writer.Count, either.Token);
                writer.Append(piece.Span);
                Volatile.Write(ref _count, writer.Count);
            }

            return null;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return $"it was stopped before it had {wanted:N0} samples";
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or CommandFailureException)
        {
            return exception.Message;
        }
    }
}
