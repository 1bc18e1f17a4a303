namespace OpenEntropy.Drills;

/// <summary>What a drill makes fail, on purpose and for a bounded time, to see that it is noticed and that it clears.</summary>
internal enum DrillKind
{
    /// <summary>A source's samples become one constant value.</summary>
    Stick,

    /// <summary>Most of a source's samples become one value, so many that the adaptive proportion test must notice, so few in a row that no other does.</summary>
    Bias,

    /// <summary>A source's collections do not return.</summary>
    Hang,

    /// <summary>A source's device is gone.</summary>
    Vanish,

    /// <summary>No seed block enters or leaves the pool.</summary>
    Starve,

    /// <summary>Every seed and every block counts as too old.</summary>
    Age,

    /// <summary>A known-answer self-test is given a wrong answer to compare with. Whoever runs the self-tests does it; the engine only stops its output.</summary>
    KnownAnswer,
}
