using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>A request that was not answered as it should be.</summary>
/// <param name="Number">The try.</param>
/// <param name="Request">The request.</param>
/// <param name="Fault">What is wrong with the answer.</param>
internal sealed record Finding(long Number, FuzzRequest Request, string Fault)
{
    /// <summary>What findings of the same fault have in common.</summary>
    public string Kind => KindOf(Fault);

    /// <summary>A fault up to its colon.</summary>
    /// <param name="fault">The fault.</param>
    public static string KindOf(string fault) => fault.Split(':', 2)[0];
}
