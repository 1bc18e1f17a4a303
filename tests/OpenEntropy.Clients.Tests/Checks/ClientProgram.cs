namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>A program that others wrote.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WhyNot">Why it cannot run on this machine; null where it can.</param>
/// <param name="VersionAsync">Its version, as it or its package tells it.</param>
/// <param name="Checks">What it is used for here.</param>
internal sealed record ClientProgram(string Name, Func<string?> WhyNot, Func<Task<string>> VersionAsync, IReadOnlyList<ClientCheck> Checks);
