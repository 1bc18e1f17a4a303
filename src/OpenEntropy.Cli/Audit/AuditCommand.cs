using System.CommandLine;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Receipts;
using OpenEntropy.Server.Audit;

namespace OpenEntropy.Cli.Audit;

/// <summary><c>openentropy audit</c>: what the audit log of a service is worth. <c>verify</c> exits with 1 where it is not whole.</summary>
internal sealed class AuditCommand : Command, IHasExamples
{
    // A line that a service is writing at this moment has its end soon.
    private const int Looks = 5;
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(50);

    private readonly CommandConsole _console;
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files of a log, or copies of them, in any order. Default: those of the storage directory.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _storage = new("--storage")
    {
        Description =
            "The service's storage directory, OpenEntropy:Storage:Directory. Default: where a service keeps its files that is told nothing else.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A hash that was noted before, as /api/v1/audit/head gives it: an entry must have it.",
        HelpName = "HASH",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description =
            "The public key that the service signs with: the answer of /api/v1/identity, a JWK, or PEM. It must have signed a checkpoint.",
        HelpName = "FILE",
    };

    private readonly JsonOption _json = new();

    public AuditCommand(CommandConsole console)
        : base("audit", "Verifies the audit log of a service.")
    {
        _console = console;
        EmptyPath.Refuse(_storage, "folder");
        EmptyPath.Refuse(_files, "file");
        EmptyPath.Refuse(_key, "file");
        _from.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !AuditHead.IsHash(given))
                result.AddError($"--from is {given}, and is to be {AuditHead.HashDigits} lower-case hexadecimal digits.");
        });
        var verify = new Command("verify", "Follows the log's chain of hashes: whether an entry was changed, removed or put elsewhere.")
        {
            _files,
            _storage,
            _from,
            _key,
            _json,
        };
        verify.SetAction(VerifyAsync);
        Add(verify);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy audit verify", "The log of a service with its usual storage directory."),
            ("openentropy audit verify --storage /var/lib/openentropy --from HASH", "And whether it goes on from what was noted before."),
            ("openentropy audit verify backup/audit-*.jsonl --json", "Copies of its files."),
        ];

    private async Task<int> VerifyAsync(ParseResult parsed, CancellationToken end)
    {
        var (given, storage) = (parsed.GetValue(_files) ?? [], parsed.GetValue(_storage));
        if (given.Length > 0 && storage is not null)
            throw new CommandFailureException("--storage and FILE were both given: give one of them.");
        var key = parsed.GetValue(_key) is { } path ? await ReadKeyAsync(path, end) : null;
        var found = await FindAsync(
            () => given.Length > 0 ? given : Files(storage ?? new StorageOptions().Directory),
            files => AuditVerifier.Verify(files, parsed.GetValue(_from), key),
            end
        );
        var isSigned = key is null ? (bool?)null : found.SignedUpTo is not null;
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, AuditPage.Body(found));
        else
            AuditPage.Show(_console, found, parsed.GetValue(_from), isSigned);
        return found.IsWhole && isSigned != false ? ExitCodes.Success : ExitCodes.Failed;
    }

    private async Task<AuditVerification> FindAsync(
        Func<IReadOnlyList<string>> list,
        Func<IReadOnlyList<string>, AuditVerification> verify,
        CancellationToken end
    )
    {
        for (var look = 1; ; look++)
        {
            try
            {
                var found = verify(list());
                if (!found.IsOnlyTorn || look == Looks)
                    return found;
            }
            catch (FileNotFoundException) when (look < Looks)
            {
                // The oldest was deleted meanwhile, or there is none of that name, which the last look tells.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailureException(exception.Message);
            }

            await Task.Delay(s_soon, _console.Time, end);
        }
    }

    private static async Task<ReceiptPublicKey> ReadKeyAsync(string path, CancellationToken end)
    {
        try
        {
            return ReceiptPublicKey.TryParse(await File.ReadAllTextAsync(path, end), out var key)
                ? key
                : throw new CommandFailureException(
                    $"{path} holds no public key on P-256: --key takes a JWK, the answer of /api/v1/identity, or PEM."
                );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(exception.Message);
        }
    }

    private static IReadOnlyList<string> Files(string storage)
    {
        var folder = Path.Combine(storage, AuditFiles.Folder);
        return AuditFiles.In(folder) is { Count: > 0 } files
            ? files
            : throw new CommandFailureException($"{folder} holds no audit log: name the storage directory of a service with --storage.");
    }
}
