using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Tables;

/// <summary>Records every source as often as asked, one round over all of them after the other.</summary>
internal static class EvidenceRounds
{
    /// <summary>Records them.</summary>
    /// <param name="rows">The sources; what is found is noted there.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="record">Records one source, closed before and after.</param>
    /// <param name="progress">Told of each recording: row, round, and the recording where it is the one that counts from now on.</param>
    public static void Run(
        IReadOnlyList<EvidenceRow> rows,
        int rounds,
        Func<NoiseSource, SourceRecording> record,
        Action<EvidenceRow, int, SourceRecording?> progress
    )
    {
        for (var round = 1; round <= rounds; round++)
        {
            // One that hangs still has a thread in it, and a second must not enter.
            foreach (var row in rows.Where(row => row is { WhyWithout: null, Hangs: false }))
            {
                var recording = record(row.Source);
                progress(row, round, row.Add(recording) ? recording : null);
            }
        }
    }
}
