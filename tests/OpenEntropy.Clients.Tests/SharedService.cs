using OpenEntropy.Clients.Tests.Checks;
using Xunit;

namespace OpenEntropy.Clients.Tests;

/// <summary>All tests of this project ask one running service, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedService : ICollectionFixture<CheckResults>
{
    public const string Name = "clients";
}
