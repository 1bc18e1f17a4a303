using System.Net;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Security;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

public sealed class PlainKeyWarningTests(KeyedService keyed) : IClassFixture<KeyedService>
{
    [Theory]
    [InlineData("http", KeyedService.Afar, "Authorization", "Bearer {random}", true)]
    [InlineData("http", KeyedService.Afar, "x-api-key", "{random}", true)]
    [InlineData("http", KeyedService.Afar, "x-api-key", "mistyped", true)]
    [InlineData("http", KeyedService.Afar, "Authorization", "Basic b3BlbjplbnRyb3B5", false)]
    [InlineData("http", KeyedService.Afar, "Accept", "*/*", false)]
    [InlineData("https", KeyedService.Afar, "x-api-key", "{random}", false)]
    [InlineData("http", "127.0.0.1", "x-api-key", "{random}", false)]
    [InlineData("http", "::1", "Authorization", "Bearer {random}", false)]
    public async Task Get_WithAKey_IsWarnedOfPlainHttpFromElsewhere(string scheme, string peer, string header, string value, bool isWarned)
    {
        var context = await keyed.Service.Server.SendAsync(context =>
        {
            context.Request.Method = "GET";
            context.Request.Scheme = scheme;
            context.Request.Host = new HostString("entropy.example");
            context.Request.Path = "/api/v1/random";
            context.Request.QueryString = new QueryString("?length=4");
            context.Request.Headers[header] = value.Replace("{random}", keyed.Keys["random"], StringComparison.Ordinal);
            context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        });

        var warning = context.Response.Headers["OpenEntropy-Warning"];
        Assert.Equal(isWarned ? [PlainKeyWarning.Text] : [], warning.ToArray());
    }
}
