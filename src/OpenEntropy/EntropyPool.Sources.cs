using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy;

/// <content>The doors to single sources: for operators, and to choose those of raw output.</content>
public sealed partial class EntropyPool
{
    /// <summary>The highest assessment of an 8-bit sample, bits.</summary>
    private const double MaximumBitsPerSample = 8;

    /// <summary>
    /// Which sources raw output would come from: one source, or several whose streams are XORed byte by byte.
    /// Generators, counters and vendors' devices are never members of several, since they would whiten or dilute them.
    /// Private sources are members of nothing.
    /// </summary>
    /// <param name="selection">Names, categories or globs, separated by commas; null: every enabled source that may be a member.</param>
    /// <param name="members">The sources' names.</param>
    /// <param name="error">One sentence when the selection names nothing that exists; near names are in it.</param>
    public bool TrySelectRaw(string? selection, out IReadOnlyList<string> members, out string? error) =>
        _parts.Raw.TrySelect(selection, out members, out error);

    /// <summary>One source at this moment; null where no source has that name.</summary>
    /// <param name="name">Its name.</param>
    public EntropySourceStatus? FindSource(string name) => _parts.FindSource(name)?.Status();

    /// <summary>
    /// Names of sources that resemble a name that does not exist, nearest first, at most three; of a name that stands for sub-sources, all of these.
    /// </summary>
    /// <param name="name">What was asked for.</param>
    public IReadOnlyList<string> NearNames(string name) => SourceSelection.NearNames(name, _parts.SourceInfos);

    /// <summary>
    /// Switches a source on, also after a permanent failure; one that is on stays as it is. It earns when it has passed its start-up test (SP 800-90B, 4.3).</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False where no source has that name.</returns>
    public bool Enable(string name) => Do(name, source => source.Enable());

    /// <summary>Switches a source off; its device is closed at its next turn.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False where no source has that name.</returns>
    public bool Disable(string name) => Do(name, source => source.Disable());

    /// <summary>Health tests on demand (SP 800-90B, 4.3): the source earns nothing until it has passed its start-up test again.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False where no source has that name.</returns>
    public bool Retest(string name) => Do(name, source => source.Retest());

    /// <summary>
    /// Takes note of an assessment on this machine: under twice the claim it lowers the claim to half of it; nothing ever raises it. What the source
    /// earned in the block that is being filled then counts no more, as after a failed test; blocks completed before stay as they are, and so do the
    /// seeds made of them.
    /// </summary>
    /// <param name="name">The source's name.</param>
    /// <param name="bitsPerSample">Assessed min-entropy (SP 800-90B, 6), 0 to 8 bits per sample.</param>
    /// <returns>False where no source has that name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The assessment is out of its range.</exception>
    public bool Assess(string name, double bitsPerSample)
    {
        if (!(bitsPerSample is >= 0 and <= MaximumBitsPerSample))
            throw new ArgumentOutOfRangeException(nameof(bitsPerSample), bitsPerSample, "An assessment is 0 to 8 bits per sample.");
        return Do(name, source => source.Assess(bitsPerSample));
    }

    /// <summary>
    /// Opt-in sources that this machine has and that a glob or <c>all</c> switched on, without their own names having been written.
    /// </summary>
    internal IReadOnlyList<string> UnnamedOptIn =>
        [.. _parts.OptIn.Unnamed.Where(name => _parts.FindSource(name)!.State != SourceState.Unavailable)];

    /// <summary>
    /// Whether somebody who can reach a service, and need not be who configured it, may switch a source on: false for an opt-in source that neither
    /// <see cref="SourcesOptions.Enabled"/> nor <see cref="SourcesOptions.MayEnable"/> names. <see cref="Enable"/> does not ask.
    /// </summary>
    /// <param name="name">Its name.</param>
    internal bool MayEnable(string name) => _parts.OptIn.MayEnable(name);

    /// <summary>
    /// Begins to record a source's raw samples, whatever its health, in the turns it has anyway and in further ones within a share of a core: at most
    /// every other turn, one in eight while the pool wants blocks, and at most half of a credited source's samples. They earn no credit and enter no
    /// block.
    /// </summary>
    /// <param name="name">The source's name.</param>
    /// <param name="destination">Receives the samples; its length is how many are wanted, at least 1.</param>
    /// <param name="share">Share of one core for further turns, above 0, at most 1.</param>
    /// <param name="completed">Called once, on the harvest's thread, when the destination is full.</param>
    /// <exception cref="ArgumentException">No source has that name, or it is private.</exception>
    /// <exception cref="InvalidOperationException">Another recording is under way.</exception>
    internal SampleRecording Record(string name, Memory<byte> destination, double share, Action? completed = null)
    {
        for (var i = 0; i < _parts.Sources.Count; i++)
        {
            if (_parts.Sources[i].Info.Name != name)
                continue;
            return _parts.Sources[i].Info.Private
                ? throw new ArgumentException($"{name} is not recorded: {NoiseSourceInfo.WhyPrivate}.", nameof(name))
                : _parts.Recordings.Begin(i, destination, share, completed);
        }

        throw new ArgumentException($"No noise source is named '{name}'.", nameof(name));
    }

    /// <summary>
    /// Gives bytes of others to the open block (3), for which they earn nothing: they are framed as input of their own, so that they move no sample, and enter
    /// no account. Whoever chose them knows no more of a block than without them, as long as the block's credited samples are unknown to him.
    /// </summary>
    /// <param name="bytes">1 to 1,024 bytes; copied, and zeroed once they are mixed.</param>
    /// <returns>False where 64 pieces are waiting already, or the pool was disposed; nothing is kept then.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another length.</exception>
    internal bool TryMix(ReadOnlySpan<byte> bytes) => _parts.Harvester.Input.TryAdd(bytes);

    /// <summary>The sources that a selection names at this moment, whatever their state; <c>fast</c> and <c>slow</c> name those measured so.</summary>
    /// <param name="selection">Names, categories, globs, <c>fast</c>, <c>slow</c>, <c>all</c>, separated by commas.</param>
    /// <param name="selected">The sources, in catalog order.</param>
    /// <param name="error">One sentence when a term names nothing that exists; near names are in it.</param>
    internal bool TrySelect(string selection, out IReadOnlyList<EntropySourceStatus> selected, out string? error)
    {
        error = SourceSelection.Select(selection, _parts.SourceInfos, out var named);
        selected =
        [
            .. named
                .Select(each => (each.OnlyIf, Source: _parts.FindSource(each.Name)!.Status()))
                .Where(each => each.OnlyIf == SourceSpeed.Unknown || each.OnlyIf == each.Source.Speed)
                .Select(each => each.Source),
        ];
        return error is null;
    }

    private bool Do(string name, Action<EntropySource> action)
    {
        if (_parts.FindSource(name) is not { } source)
            return false;
        action(source);
        return true;
    }
}
