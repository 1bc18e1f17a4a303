using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>All tests of this project use one browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
