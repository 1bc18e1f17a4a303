using System.Text.Json;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Security.Keys;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.ApiKeys;

public sealed class KeyCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    private string Storage => _folder.Path("storage");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_WritesTheKeyOnceAndKeepsNoneOfIt()
    {
        var made = Run("create", "--name", "ci", "--scopes", "random,metrics", "--expires", "90d");
        var key = made.Out.TrimEnd('\n');

        Assert.Equal(ExitCodes.Success, made.ExitCode);
        Assert.Matches("^oe_[a-z2-7]{10}_[A-Za-z0-9_-]{43}$", key);
        Assert.DoesNotContain(key, made.Error, StringComparison.Ordinal);
        Assert.Contains(key.Split('_')[1], made.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            key.Split('_', 3)[2],
            File.ReadAllText(Path.Combine(Storage, ApiKeyFiles.ListName)),
            StringComparison.Ordinal
        );

        using var list = JsonDocument.Parse(Run("list", "--json").Out);
        var listed = Assert.Single(list.RootElement.EnumerateArray());
        Assert.Equal(("ci", "good"), (listed.GetProperty("name").GetString(), listed.GetProperty("state").GetString()));
        Assert.Equal(["random", "metrics"], listed.GetProperty("scopes").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(
            TimeSpan.FromDays(90),
            listed.GetProperty("expires").GetDateTimeOffset() - listed.GetProperty("created").GetDateTimeOffset()
        );
        Assert.False(listed.TryGetProperty("hash", out _));
    }

    [Fact]
    public void Revoke_ByIdOrByTheKey_EndsItAndSaysSo()
    {
        using var made = JsonDocument.Parse(Run("create", "--name", "a", "--scopes", "mint", "--json").Out);
        var key = made.RootElement.GetProperty("key").GetString()!;
        var other = Run("create", "--name", "b", "--scopes", "raw").Out.Trim();

        var byKey = Run("revoke", key);
        var again = Run("revoke", key.Split('_')[1]);

        Assert.Equal((ExitCodes.Success, ""), (byKey.ExitCode, byKey.Out));
        Assert.Equal(byKey.Error, again.Error); // revoked once, at one time
        Assert.DoesNotContain(key, byKey.Error, StringComparison.Ordinal);
        Assert.Contains("revoked", Run("list").Out, StringComparison.Ordinal);
        Assert.Contains(other.Split('_')[1], Run("list").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void List_OfNothing_SaysSo()
    {
        Assert.Equal((ExitCodes.Success, "There are no keys.\n"), (Run("list").ExitCode, Run("list").Out.ReplaceLineEndings("\n")));
        Assert.Equal("[]", Run("list", "--json").Out.Trim());
    }

    [Fact]
    public void List_OfAKeyThatHasEnded_SaysExpired()
    {
        var time = new ManualTimeProvider();
        RunOf.Program(
            input: null,
            console => console with { Time = time },
            Args("create", "--name", "a", "--scopes", "raw", "--expires", "1h")
        );
        time.Advance(TimeSpan.FromHours(1));

        Assert.Contains(
            "expired",
            RunOf.Program(input: null, console => console with { Time = time }, Args("list")).Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Option '--name' is required", "create", "--scopes", "raw")]
    [InlineData("Option '--scopes' is required", "create", "--name", "a")]
    [InlineData("--scopes is rndom, and can be some of random,raw,mint,operate,metrics.", "create", "--name", "a", "--scopes", "rndom")]
    [InlineData("--name is to be 1 to 64", "create", "--name", "", "--scopes", "raw")]
    [InlineData("--name is to be 1 to 64", "create", "--name", "a\tb", "--scopes", "raw")]
    [InlineData("--expires is 0d, and can be 1h to 87600h or 1d to 3650d", "create", "--name", "a", "--scopes", "raw", "--expires", "0d")]
    [InlineData("--expires is 90, and can be", "create", "--name", "a", "--scopes", "raw", "--expires", "90")]
    [InlineData("--expires is 3651d, and can be", "create", "--name", "a", "--scopes", "raw", "--expires", "3651d")]
    [InlineData("ID is to be 10 letters and digits", "revoke", "nonsense")]
    [InlineData("There is no key aaaaaaaaaa", "revoke", "aaaaaaaaaa")]
    public void Run_NotUnderstood_SaysSoAndWritesNothing(string words, params string[] args)
    {
        var run = Run(args);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Storage, ApiKeyFiles.ListName)));
    }

    [Fact]
    public void Run_DamagedFile_NamesItAndChangesNothing()
    {
        Run("create", "--name", "a", "--scopes", "raw");
        var path = Path.Combine(Storage, ApiKeyFiles.ListName);
        File.WriteAllText(path, "{");

        foreach (var args in new[] { new[] { "list" }, ["revoke", "aaaaaaaaaa"], ["create", "--name", "b", "--scopes", "raw"] })
        {
            var run = Run(args);
            Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
            Assert.StartsWith("openentropy: api-keys.json is damaged", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal("{", File.ReadAllText(path));
    }

    [Fact]
    public void Run_DirectoryThatEverybodyMayWriteTo_IsRefused()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(Storage);
        File.SetUnixFileMode(Storage, (UnixFileMode)0x1ff);

        var run = Run("create", "--name", "a", "--scopes", "raw");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("everybody may write to", run.Error, StringComparison.Ordinal);
        Assert.Contains("Run this as the user who runs the service", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Storage));
    }

    private string[] Args(params string[] args) => ["key", .. args, "--storage", Storage];

    private RunOf Run(params string[] args) => RunOf.Program(input: null, Args(args));
}
