using OpenEntropy.Server.Documentation;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

public sealed class OperationNameTests
{
    [Theory]
    [InlineData("GET", "/health", "get_health")]
    [InlineData("POST", "/sources/{name}/enable", "post_sources_by_name_enable")]
    [InlineData("GET", "/API/jsonI.php", "get_api_jsoni_php")]
    [InlineData("GET", "/v1/auth/check-key", "get_v1_auth_check_key")]
    [InlineData("GET", "/", "get")]
    public void Of_MethodAndPath_IsANameThatProgramsCanHave(string method, string path, string name) =>
        Assert.Equal(name, OperationName.Of(new HttpMethod(method), path));
}
