using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Values;

/// <summary>The parameter <c>length</c> of a request for strings.</summary>
/// <param name="Units">Its value.</param>
/// <param name="UnitText">The longest text of a unit, bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ElementLength(int Units, int UnitText);
