using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>One service for the tests of a class that leave it as it is.</summary>
public sealed class SharedPage : IAsyncLifetime
{
    private PageService? _service;

    /// <summary>The page's address.</summary>
    public Uri Address => _service!.Address;

    /// <summary>Asks the service without a browser.</summary>
    public HttpClient Client => _service!.Client;

    public async Task InitializeAsync()
    {
        if (Chromium.WhyNot() is null) // otherwise every test is skipped
        {
            _service = await PageService.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }
}
