using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Why the identity could not be opened, for a few seconds or until one of its files changes: finding it out again would take the rounds of a
/// passphrase, and a line of the log, for each request. Not for several threads at once.
/// </summary>
/// <param name="files">Its files.</param>
/// <param name="time">Tells the seconds.</param>
/// <param name="names">Those that count.</param>
internal sealed class RememberedProblem(IdentityFiles files, TimeProvider time, IReadOnlyList<string> names)
{
    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(10);

    private IdentityProblem? _problem;
    private string _stamp = "";
    private long _since;

    /// <summary>The problem, where it still holds.</summary>
    public IdentityProblem? Find()
    {
        if (_problem is not null && (time.GetElapsedTime(_since) >= s_lasts || _stamp != Stamp()))
        {
            _problem = null;
        }

        return _problem;
    }

    /// <summary>Remembers a problem.</summary>
    /// <param name="problem">The problem.</param>
    public IdentityProblem Keep(IdentityProblem problem)
    {
        (_problem, _stamp, _since) = (problem, Stamp(), time.GetTimestamp());
        return problem;
    }

    private string Stamp() => files.Stamp(names);
}
