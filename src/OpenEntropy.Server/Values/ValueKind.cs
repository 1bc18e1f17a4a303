using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>A kind of values: one route, its own parameters, and how they become a plan.</summary>
/// <param name="name">The route's last segment, and <c>type</c> in the answer.</param>
/// <param name="summary">What it is for, without a full stop.</param>
/// <param name="description">How values are made of bytes.</param>
/// <param name="fields">Its parameters beside those that all have.</param>
internal abstract class ValueKind(string name, string summary, string description, params ValueField[] fields)
{
    /// <summary>The route's last segment, and <c>type</c> in the answer.</summary>
    public string Name => name;

    /// <summary>What it is for.</summary>
    public string Summary => summary;

    /// <summary>How values are made of bytes.</summary>
    public string Description => description;

    /// <summary>Its parameters beside those that all have.</summary>
    public IReadOnlyList<ValueField> Fields => fields;

    /// <summary>What <c>count</c> counts.</summary>
    public virtual string CountText => "Values.";

    /// <summary><c>count</c> where it is not given; null where it depends on the items.</summary>
    public virtual int? DefaultCount => 1;

    /// <summary>Whether items are given, in the query or as the body of a POST request.</summary>
    public virtual bool TakesItems => false;

    /// <summary>The parameters that the answer repeats, in their order.</summary>
    public virtual IReadOnlyList<string> Echoes => [];

    /// <summary>Members after these that only some answers have.</summary>
    public virtual IReadOnlyList<ValueField> Additions => [];

    /// <summary>The values' type in JSON Schema's words; integers beyond 2^53 − 1 are strings.</summary>
    public abstract string ElementType { get; }

    /// <summary>An answer, as JSON.</summary>
    public abstract string ExampleAnswer { get; }

    /// <summary>Reads its own parameters.</summary>
    /// <param name="request">The request; its count is within the service's limit where one is given.</param>
    /// <param name="plan">How it is to be met.</param>
    /// <returns>Null when it stands.</returns>
    public abstract RequestError? Plan(ValueRequest request, out ValuePlan? plan);
}
