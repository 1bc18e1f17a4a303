using OpenEntropy.Drills;

namespace OpenEntropy.Server.Drills;

/// <summary>The kinds of drills under the names by which they are asked for and shown.</summary>
internal static class DrillNames
{
    private static readonly Dictionary<DrillKind, (string Name, string Does)> s_kinds = new()
    {
        [DrillKind.Stick] = ("stick", "a source's samples become one constant value"),
        [DrillKind.Bias] = ("bias", "most of a source's samples become one value, never many in a row"),
        [DrillKind.Hang] = ("hang", "a source's collections do not return"),
        [DrillKind.Vanish] = ("vanish", "a source's device is gone"),
        [DrillKind.Starve] = ("starve", "no seed block enters or leaves the pool"),
        [DrillKind.Age] = ("age", "every seed and every seed block counts as too old"),
        [DrillKind.KnownAnswer] = ("known-answer", "a self-test is compared with a wrong answer"),
    };

    /// <summary>Every kind, in the order in which they are shown.</summary>
    public static IEnumerable<DrillKind> All => s_kinds.Keys;

    /// <summary>A kind's name.</summary>
    public static string Of(DrillKind kind) => s_kinds[kind].Name;

    /// <summary>What it does, in one clause.</summary>
    public static string Does(DrillKind kind) => s_kinds[kind].Does;

    /// <summary>Whether it is of one source.</summary>
    public static bool IsOfSource(DrillKind kind) => kind is DrillKind.Stick or DrillKind.Bias or DrillKind.Hang or DrillKind.Vanish;

    /// <summary>The kind of that name; null where there is none.</summary>
    public static DrillKind? Find(string name)
    {
        foreach (var (kind, known) in s_kinds)
        {
            if (known.Name == name)
            {
                return kind;
            }
        }

        return null;
    }
}
