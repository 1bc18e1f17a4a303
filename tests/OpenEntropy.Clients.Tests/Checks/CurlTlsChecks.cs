using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>curl by TLS, with the development certificate.</summary>
internal static class CurlTlsChecks
{
    private const string Query = "/api/v1/random?length=1000&format=bytes";
    private const int UntrustedCertificate = 60;

    public static IReadOnlyList<ClientCheck> All { get; } =
    [
        new($"GET https:…{Query} that trusts the development certificate (--cacert)", TrustedAsync),
        new("the same by the name localhost and by TLS 1.2", LocalhostAsync),
        new("the same without trust, which curl refuses", UntrustedAsync),
    ];

    private static async Task TrustedAsync(ClientSetup setup)
    {
        var file = setup.NewFile();
        var told = await ClientSetup.CurlAsync(
            "-f",
            "--cacert",
            setup.Server.Certificate,
            "-o",
            file,
            "-w",
            "%{http_version} %{ssl_verify_result}",
            setup.Server.Https + Query
        );

        Assert.Equal("2 0", told.Text);
        Assert.Equal(1000, new FileInfo(file).Length);
    }

    private static async Task LocalhostAsync(ClientSetup setup)
    {
        var port = new Uri(setup.Server.Https).Port;
        var address = $"https://localhost:{port}{Query}";
        string[] through = ["--connect-to", $"localhost:{port}:127.0.0.1:{port}", "--tls-max", "1.2"];

        var answer = await ClientSetup.CurlAsync(["-f", "--cacert", setup.Server.Certificate, .. through, address]);

        Assert.Equal(1000, answer.Output.Length);
    }

    private static async Task UntrustedAsync(ClientSetup setup)
    {
        var refused = await Command.RunAsync(ClientSetup.Curl("-f", setup.Server.Https + Query));

        Assert.Equal(UntrustedCertificate, refused.ExitCode);
        Assert.Empty(refused.Output);
    }
}
