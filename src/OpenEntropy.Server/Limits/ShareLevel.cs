using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Limits;

/// <summary>A caller's share of the pool.</summary>
/// <param name="Blocks">Blocks that it may take now.</param>
/// <param name="Callers">Callers that divide the pool.</param>
/// <param name="OthersFor">How long until it is alone, if the others ask no more.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShareLevel(double Blocks, int Callers, TimeSpan OthersFor)
{
    /// <summary>Halves and thirds of blocks do not add up to whole ones exactly.</summary>
    public const double Rounding = 1e-6;

    /// <summary>Whole blocks that it may take now.</summary>
    public int Whole => (int)(Blocks + Rounding);

    /// <summary>Whether it may take so many now.</summary>
    /// <param name="blocks">How many.</param>
    public bool Has(int blocks) => Whole >= blocks;
}
