namespace OpenEntropy;

/// <content>What single requests ask of the accounts. <see cref="Status"/> asks every source for all of its figures; here no source is waited for.</content>
public sealed partial class EntropyPool
{
    /// <summary>Whether bytes can be given at this moment: a generator has a seed, or the pool one for it. Nothing is taken for the answer.</summary>
    internal bool CanServe => _parts.Report.CanServe;

    /// <summary>Another number once the state of the whole or of a source may have changed, but for one change in 2^32.</summary>
    internal int StateMark
    {
        get
        {
            var mark = new HashCode();
            mark.Add(CanServe);
            mark.Add(_parts.Report.IsStarting);
            mark.Add(_parts.Report.WhyStopped()?.Message, StringComparer.Ordinal);
            mark.Add(_parts.Harvest.Ended, StringComparer.Ordinal);
            mark.Add(_parts.Withholding.WhyDrilled, StringComparer.Ordinal);
            foreach (var source in _parts.Sources)
            {
                mark.Add(source.State);
                mark.Add(source.MinEntropy);
                mark.Add(source.IsTooLong);
            }

            return mark.ToHashCode();
        }
    }

    /// <summary>Assessed entropy that a block needs after the leave-out, bits.</summary>
    internal int BlockRequirementBits => _parts.Report.BlockRequirementBits;

    /// <summary>Largest contributors left out of a block's count.</summary>
    internal int LeaveOut => _parts.Report.LeaveOut;

    /// <summary>The sources that have earned credit since the start, in catalog order, and how much, bits.</summary>
    internal IEnumerable<(string Name, double CreditedBits)> Earnings =>
        _parts.Sources.Select(source => (source.Info.Name, source.CreditedBits)).Where(source => source.CreditedBits > 0);

    /// <summary>Seed blocks that a call of <see cref="TryGetFreshBytesAsync"/> takes.</summary>
    /// <param name="bytes">Its length.</param>
    internal int BlocksOfFresh(int bytes) => _parts.Fresh.BlocksFor(bytes);

    /// <summary>Seed blocks that a call of <see cref="TryGetLimitedBytesAsync"/> takes.</summary>
    /// <param name="bytes">Its length.</param>
    internal int BlocksOfLimited(int bytes) => _parts.Limited.BlocksFor(bytes);

    /// <summary>Blocks per second the harvest makes at full duty, as measured lately; 0 before the first.</summary>
    internal double HarvestRate => _parts.Harvester.BlocksPerSecond;

    /// <summary>Ends with the next seed block; null once the pool is disposed.</summary>
    internal Task? NextBlock => _parts.Pool.NextBlock;

    /// <summary>Says that somebody asks for as many blocks in vain, so that the harvest hastens to make them.</summary>
    /// <param name="blocks">Blocks that the pool should hold, at most its capacity.</param>
    internal void Want(int blocks) => _ = _parts.Pool.HasOrWants(blocks);

    /// <summary>What a call that takes so many blocks and does not wait would be refused with, as things stand. No block is taken.</summary>
    /// <param name="blocks">Blocks it takes.</param>
    /// <returns>Null where the pool holds them.</returns>
    internal EntropyRefusal? FindShortage(int blocks) => _parts.Report.FindShortage(blocks);
}
