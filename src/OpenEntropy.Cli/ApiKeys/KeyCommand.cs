using System.CommandLine;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Cli.ApiKeys;

/// <summary><c>openentropy key</c>: makes, lists and revokes the keys of a service, whether it runs or not.</summary>
internal sealed class KeyCommand : Command, IHasExamples
{
    private const string StorageVariable = "OpenEntropy__Storage__Directory";

    private readonly CommandConsole _console;
    private readonly JsonOption _json = new() { Recursive = true };
    private readonly Option<string> _storage = new("--storage")
    {
        Description = $"The service's storage directory. Default: that of {StorageVariable}, else where the service keeps its files.",
        HelpName = "FOLDER",
        Recursive = true,
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable(StorageVariable) is { Length: > 0 } given ? given : new StorageOptions().Directory,
    };

    private readonly Option<string> _name = new("--name")
    {
        Description = $"What to call it, 1 to {ApiKeyDesk.LongestName} characters.",
        HelpName = "NAME",
        Required = true,
    };
    private readonly ScopesOption _scopes = new();
    private readonly LifetimeOption _expires = new();

    public KeyCommand(CommandConsole console)
        : base("key", "Makes, lists and revokes API keys of the service.")
    {
        _console = console;
        Add(_json);
        Add(_storage);
        EmptyPath.Refuse(_storage, "folder");
        _name.Validators.Add(result =>
        {
            var given = result.Tokens is [{ Value: var value }] ? value : "";
            if (given.Length is 0 or > ApiKeyDesk.LongestName || given.Any(char.IsControl) || given.Trim() != given)
                result.AddError($"--name is to be 1 to {ApiKeyDesk.LongestName} visible characters without blanks around them.");
        });
        var create = new Command("create", "Makes a key and shows it, once.") { _name, _scopes, _expires };
        create.SetAction((parsed, end) => Told(() => CreateAsync(parsed, end)));
        Add(create);

        var list = new Command("list", "Lists keys, with when each was used last, and never the keys themselves.");
        list.SetAction((parsed, _) => Told(() => Task.FromResult(List(parsed))));
        Add(list);

        var id = new Argument<string>("ID") { Description = "The key's id, as the list has it, or the key." };
        var revoke = new Command("revoke", "Ends a key for good. A service that runs knows it within two seconds.") { id };
        revoke.SetAction((parsed, end) => Told(() => RevokeAsync(parsed, parsed.GetRequiredValue(id), end)));
        Add(revoke);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy key create --name ci --scopes random --expires 90d", "A key for random bytes, for ninety days."),
            ("openentropy key create --name prometheus --scopes metrics > key.txt", "A key for scrapes, into a file."),
            ("openentropy key list", "All keys, and when each was used last."),
            ("openentropy key revoke k5vqx2mzra", "Ends one."),
        ];

    private ApiKeyDesk Desk(ParseResult parsed) => new(Path.GetFullPath(parsed.GetRequiredValue(_storage)), _console.Time);

    private async Task<int> CreateAsync(ParseResult parsed, CancellationToken end)
    {
        var (key, text) = await Desk(parsed)
            .CreateAsync(parsed.GetRequiredValue(_name), parsed.GetValue(_scopes), parsed.GetValue(_expires), end);
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, KeyPage.Made(key, text));
        else
            TextOutput.Write(_console, $"{text}\n");
        _console.Error.WriteLine($"This is the only time the key is shown. Its id is {key.Id}; openentropy key revoke {key.Id} ends it.");
        return ExitCodes.Success;
    }

    private int List(ParseResult parsed)
    {
        var keys = Desk(parsed).List();
        var now = _console.Time.GetUtcNow();
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, keys.Select(each => KeyPage.Listed(each.Key, each.Used, now)));
        else
            KeyPage.Print(_console, keys, now);
        return ExitCodes.Success;
    }

    private async Task<int> RevokeAsync(ParseResult parsed, string given, CancellationToken end)
    {
        // Who has the key at hand need not look its id up. It is not repeated.
        var id = ApiKeyText.IdOf(given) is { Length: > 0 } named ? named.ToString() : given;
        if (!ApiKeyText.IsId(id))
            throw new CommandFailureException($"ID is to be {ApiKeyText.IdLength} letters and digits, as openentropy key list has them.");
        if (await Desk(parsed).RevokeAsync(id, end) is not { } key)
            throw new CommandFailureException($"There is no key {id}; openentropy key list shows those there are.");
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, KeyPage.Listed(key, used: null, _console.Time.GetUtcNow()));
        else
            _console.Error.WriteLine($"The key {id} ({key.Name}) is revoked since {KeyPage.Time(key.Revoked)}.");
        return ExitCodes.Success;
    }

    private static async Task<int> Told(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (exception is ApiKeyFileException or IOException)
        {
            throw new CommandFailureException($"{exception.Message}.");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CommandFailureException($"{exception.Message}. Run this as the user who runs the service.");
        }
    }
}
