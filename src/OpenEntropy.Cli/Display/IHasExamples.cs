namespace OpenEntropy.Cli.Display;

/// <summary>A command whose help shows examples.</summary>
internal interface IHasExamples
{
    /// <summary>Whole command lines, each with what it does.</summary>
    public IReadOnlyList<(string Line, string Does)> Examples { get; }
}
