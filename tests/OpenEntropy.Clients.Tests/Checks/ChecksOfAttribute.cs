using System.Reflection;
using Xunit.Sdk;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>The checks of one client as rows of a theory: name and what is run. All are reported as skipped, with the reason, where the client cannot run.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ChecksOfAttribute : DataAttribute
{
    private readonly ClientProgram _client;

    public ChecksOfAttribute(string client)
    {
        _client = ClientPrograms.Find(client);
        Client = client;
        Skip = _client.WhyNot();
    }

    /// <summary>The client's name.</summary>
    public string Client { get; }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        _client.Checks.Select(check => new object[] { Client, check.What });
}
