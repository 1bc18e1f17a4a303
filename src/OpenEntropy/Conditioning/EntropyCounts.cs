namespace OpenEntropy.Conditioning;

/// <summary>Assessed bits since the start: what came in is in blocks, pending or discarded.</summary>
/// <param name="In">Credited when absorbed.</param>
/// <param name="InBlocks">Counted in a block that was completed.</param>
/// <param name="Pending">In the open block.</param>
/// <param name="Discarded">Counted in no block: open at a resume, or revoked because their source failed before the block was complete.</param>
internal readonly record struct EntropyCounts(double In, double InBlocks, double Pending, double Discarded);
