using System.Security.Cryptography;
using System.Text.Json;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Audit;
using Xunit;

namespace OpenEntropy.Cli.Tests.Audit;

public sealed class AuditCommandTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly string _hash;
    private readonly string _file;

    public AuditCommandTests()
    {
        using var writer = new AuditWriter(_folder.Path("storage"), new AuditOptions(), TimeProvider.System, new AuditDisk());
        for (var i = 0; i < 3; i++)
            writer.Append([AuditEntry.Of(AuditParty.Service, AuditAct.ServiceStart, AuditOutcome.Done)]);
        writer.Append([AuditEntry.Of(AuditParty.Service, AuditAct.SelfTest, AuditOutcome.Begun)]);
        _hash = writer.Head.Hash;
        _file = Assert.Single(AuditFiles.In(_folder.Path("storage/audit")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verify_AWholeLog_ShowsItsHeadAndExitsWithZero()
    {
        var run = Verify("--storage", _folder.Path("storage"), "--from", _hash);

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("The audit log is whole.", run.Out, StringComparison.Ordinal);
        Assert.Contains("4, from 1 to 4", run.Out, StringComparison.Ordinal);
        Assert.Contains(_hash, run.Out, StringComparison.Ordinal);
        Assert.Contains("open acts  4", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AChangedEntry_NamesFileAndLineAndExitsWithOne()
    {
        var copy = _folder.Path("copy of the log");
        var lines = File.ReadAllLines(_file);
        lines[1] = lines[1].Replace("service_start", "service_stop", StringComparison.Ordinal);
        File.WriteAllText(copy, string.Concat(lines.Select(line => line + "\n")));

        var run = Verify(copy);
        using var json = JsonDocument.Parse(Verify(copy, "--json").Out);

        Assert.Equal((ExitCodes.Failed, ""), (run.ExitCode, run.Error));
        Assert.Contains("The audit log is not whole.", run.Out, StringComparison.Ordinal);
        Assert.Matches("copy of the log +3 +changed +line 3 does not name the hash", run.Out);
        var problem = Assert.Single(json.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal(
            (copy, 3, "changed"),
            (problem.GetProperty("file").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("kind").GetString())
        );
        Assert.False(json.RootElement.GetProperty("whole").GetBoolean());
    }

    [Fact]
    public void Verify_ATornEnd_SaysSoAndExitsWithOne()
    {
        File.AppendAllText(_file, "{\"sequence\":5");

        var run = Verify("--storage", _folder.Path("storage"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("torn", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WithoutTheEntryThatWasNoted_ExitsWithOne()
    {
        var lines = File.ReadAllLines(_file);
        File.WriteAllText(_file, string.Concat(lines.SkipLast(1).Select(line => line + "\n")));

        var run = Verify("--storage", _folder.Path("storage"), "--from", _hash);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains($"No entry has the hash {_hash}", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Verify("--storage", _folder.Path("storage"), "--from", _hash, "--json").Out);
        Assert.False(json.RootElement.GetProperty("from_found").GetBoolean());
        Assert.Equal(3, json.RootElement.GetProperty("head").GetProperty("sequence").GetInt64());
    }

    [Fact]
    public void Verify_WithAKeyThatSignedNothing_ExitsWithOne()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.Path("key.pem"), key.ExportSubjectPublicKeyInfoPem());

        var run = Verify("--storage", _folder.Path("storage"), "--key", _folder.Path("key.pem"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("No checkpoint is signed by the key.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WhileAnotherProcessHasTheLog_ReadsIt()
    {
        using var writer = new AuditWriter(_folder.Path("storage"), new AuditOptions(), TimeProvider.System, new AuditDisk());
        writer.Append([AuditEntry.Of(AuditParty.Service, AuditAct.ServiceStop, AuditOutcome.Done)]);

        Assert.Equal(ExitCodes.Success, Verify("--storage", _folder.Path("storage")).ExitCode);
    }

    [Theory]
    [InlineData("holds no audit log", "--storage", "nowhere")]
    [InlineData("Could not find file", "nothing")]
    [InlineData("--storage and FILE were both given", "--storage", "x", "y")]
    [InlineData("--from is 12, and is to be 64 lower-case hexadecimal digits.", "--from", "12")]
    public void Verify_WhatCannotBe_IsRefusedWithTwo(string words, params string[] args)
    {
        var run = Verify(args);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    private static RunOf Verify(params string[] args) => RunOf.Program(input: null, ["audit", "verify", .. args]);
}
