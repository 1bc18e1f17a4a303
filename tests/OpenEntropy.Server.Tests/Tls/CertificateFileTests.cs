using System.IO.Pipes;
using System.Text;
using OpenEntropy.Server.Tests.Hosting;
using OpenEntropy.Server.Tests.Receipts;
using OpenEntropy.Server.Tls;
using Xunit;

namespace OpenEntropy.Server.Tests.Tls;

/// <summary>What is taken from files that change, and what is not.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private static readonly TestCertificate s_first = TestCertificate.Make();
    private static readonly TestCertificate s_second = TestCertificate.Make();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openentropy-");
    private readonly CertificateFile _file;

    public CertificateFileTests()
    {
        _file = new CertificateFile("Kestrel:A", PathOf("server.pem"), PathOf("server.key"), password: null);
        Write(s_first.Certificate, s_first.Key);
        Assert.True(Look());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Look_Pair_IsShownWithWhatStandsAboveIt()
    {
        Assert.Equal(s_first.Thumbprint, Shown());
        Assert.Equal(s_first.End, _file.NotAfter);
        Assert.Equal(TestCertificate.Above, Assert.Single(_file.Context!.IntermediateCertificates).Subject);
        Assert.Null(_file.Problem);
        Assert.False(Look());
    }

    [Fact]
    public void Look_AnotherPairOfTheSameDateAndLength_IsShown()
    {
        var date = File.GetLastWriteTimeUtc(PathOf("server.pem"));
        Write(s_second.Certificate.PadRight(2000), s_second.Key);
        Look();
        Write(s_first.Certificate.PadRight(2000), s_first.Key);
        File.SetLastWriteTimeUtc(PathOf("server.pem"), date);
        File.SetLastWriteTimeUtc(PathOf("server.key"), date);

        Assert.True(Look());
        Assert.Equal(s_first.Thumbprint, Shown());
    }

    /// <summary>A pipe has no length, which is told by an exception of another kind than those of files and certificates.</summary>
    [LinuxFact]
    public void Look_WhatNobodyThoughtOf_IsTold()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        var file = new CertificateFile("Kestrel:A", path, keyPath: null, password: null);

        Assert.False(file.Look(s_first.End));

        Assert.Equal("its files cannot be used", file.Problem);
        Assert.NotNull(file.Detail);
    }

    /// <summary>As a volume of Kubernetes changes: files are links through a directory that is a link, and that one is put in another's place.</summary>
    [UnixFact]
    public void Look_LinkThatLeadsElsewhere_IsFollowed()
    {
        foreach (var (name, pair) in new[] { ("..1", s_first), ("..2", s_second) })
        {
            Directory.CreateDirectory(PathOf(name));
            File.WriteAllText(PathOf($"{name}/tls.crt"), pair.Certificate);
            File.WriteAllText(PathOf($"{name}/tls.key"), pair.Key);
        }

        Directory.CreateSymbolicLink(PathOf("..data"), "..1");
        File.CreateSymbolicLink(PathOf("tls.crt"), "..data/tls.crt");
        File.CreateSymbolicLink(PathOf("tls.key"), "..data/tls.key");
        var file = new CertificateFile("Kestrel:A", PathOf("tls.crt"), PathOf("tls.key"), password: null);
        Assert.True(file.Look(TimeProvider.System.GetUtcNow()));

        Directory.Delete(PathOf("..data")); // the link; no rename of .NET's takes one to a directory
        Directory.CreateSymbolicLink(PathOf("..data"), "..2");

        Assert.True(file.Look(TimeProvider.System.GetUtcNow()));
        Assert.Equal(s_second.Thumbprint, file.Context!.TargetCertificate.Thumbprint);
    }

    [Theory]
    [InlineData("certificate first", "hold no certificate with its key")]
    [InlineData("key first", "hold no certificate with its key")]
    [InlineData("half", "hold no certificate with its key")]
    [InlineData("empty", "cannot be read")]
    [InlineData("long", "cannot be read")]
    [InlineData("gone", "cannot be read")]
    [InlineData("ended", "has ended")]
    [InlineData("early", "not valid yet")]
    [InlineData("for clients", "not for servers")]
    public void Look_WhatCannotBeUsed_LeavesTheOneOfBeforeUntilItIsMended(string what, string problem)
    {
        var other = what switch
        {
            "ended" => TestCertificate.Make(end: -1),
            "early" => TestCertificate.Make(end: 800),
            "for clients" => TestCertificate.Make(purpose: 2),
            _ => s_second,
        };
        Write(
            what switch
            {
                "key first" => s_first.Certificate,
                "half" => other.Certificate[..300],
                "empty" => "",
                "long" => new string('x', (1 << 20) + 1),
                _ => other.Certificate,
            },
            what == "certificate first" ? s_first.Key : other.Key
        );
        if (what == "gone")
        {
            File.Delete(PathOf("server.key"));
        }

        Assert.False(Look());
        Assert.Contains(problem, _file.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.FullName, _file.Problem, StringComparison.Ordinal);
        Assert.Equal(s_first.Thumbprint, Shown());

        Write(s_second.Certificate, s_second.Key);
        Assert.True(Look());
        Assert.Equal((s_second.Thumbprint, null), (Shown(), _file.Problem));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("server.key")]
    public void Look_UnderAPassword_IsOpened(string? key)
    {
        if (key is null)
        {
            File.WriteAllBytes(PathOf("server.pem"), s_second.Pkcs12);
        }
        else
        {
            Write(s_second.Certificate, s_second.EncryptedKey);
        }

        var right = new CertificateFile("A", PathOf("server.pem"), key is null ? null : PathOf(key), TestCertificate.Password);
        var wrong = new CertificateFile("A", PathOf("server.pem"), key is null ? null : PathOf(key), "another password");

        Assert.True(right.Look(TimeProvider.System.GetUtcNow()));
        Assert.True(right.Context!.TargetCertificate.HasPrivateKey);
        Assert.False(wrong.Look(TimeProvider.System.GetUtcNow()));
        Assert.Equal("its files hold no certificate with its key", wrong.Problem);
        Assert.DoesNotContain("another password", wrong.Detail, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private bool Look() => _file.Look(TimeProvider.System.GetUtcNow());

    private string Shown() => _file.Context!.TargetCertificate.Thumbprint;

    private void Write(string certificate, string key)
    {
        File.WriteAllText(PathOf("server.pem"), certificate, Encoding.ASCII);
        File.WriteAllText(PathOf("server.key"), key, Encoding.ASCII);
    }
}
