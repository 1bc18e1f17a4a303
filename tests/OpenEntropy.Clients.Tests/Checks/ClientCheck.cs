using OpenEntropy.Clients.Tests.Running;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>One use of a client.</summary>
/// <param name="What">What was run, for the conformance page; the same in every run.</param>
/// <param name="RunAsync">Runs it and throws where the client did not get what it wants.</param>
internal sealed record ClientCheck(string What, Func<ClientSetup, Task> RunAsync);
