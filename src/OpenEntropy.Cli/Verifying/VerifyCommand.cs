using System.CommandLine;
using System.Text;
using System.Text.Json;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Verifying;

/// <summary><c>openentropy verify</c>: whether a receipt or a bundle is as its signer made it. It exits with 1 where it is not.</summary>
internal sealed class VerifyCommand : Command, IHasExamples
{
    private const string StandardInput = "-";
    private const int LongestFile = 16 << 20;

    private readonly CommandConsole _console;
    private readonly Argument<string> _path = new("FILE")
    {
        Description = "A receipt, an answer that holds one, or a bundle; - for standard input.",
    };
    private readonly Option<string> _key = new("--key")
    {
        Description = "The public key that receipts are signed with: the answer of /api/v1/identity, a JWK, or PEM.",
        HelpName = "FILE",
    };

    private readonly Option<string> _identity = new("--identity")
    {
        Description = "Who should have signed a bundle: the answer of /api/v1/pqc/identity. Without it anybody may have.",
        HelpName = "FILE",
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "The random bytes that a receipt should be of, in their order.",
        HelpName = "FILE",
    };
    private readonly JsonOption _json = new();

    public VerifyCommand(CommandConsole console)
        : base("verify", "Verifies a receipt or a bundle of post-quantum keys.")
    {
        _console = console;
        Add(_path);
        foreach (Option option in (Option[])[_key, _identity, _data, _json])
            Add(option);
        EmptyPath.Refuse(_path, "file");
        foreach (var option in (Option[])[_key, _identity, _data])
            EmptyPath.Refuse(option, "file");
        SetAction(
            (parsed, end) =>
                RunAsync(
                    new VerifyRequest(
                        parsed.GetRequiredValue(_path),
                        parsed.GetValue(_key),
                        parsed.GetValue(_identity),
                        parsed.GetValue(_data),
                        parsed.GetValue(_json)
                    ),
                    end
                )
        );
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            (
                "openentropy verify answer.json --key identity.json",
                "An answer of /api/v1/random?receipt=true, whose data is checked with it."
            ),
            ("openentropy verify receipt.jws --key key.pem --data random.bin", "A receipt and the bytes it was made for."),
            ("openentropy verify bundle.json --identity pqc-identity.json", "A bundle, and whether this service signed it."),
        ];

    private async Task<int> RunAsync(VerifyRequest request, CancellationToken end)
    {
        var content = await ReadAsync(request.Path, end);
        var isBundle = IsBundle(content);
        var result = isBundle ? await BundleAsync(request, content, end) : await ReceiptAsync(request, content, end);
        if (request.IsJson)
            JsonDocumentOutput.Write(_console, result);
        else
            Show(result);
        return result.Valid ? ExitCodes.Success : ExitCodes.Failed;
    }

    private async Task<VerifyResult> BundleAsync(VerifyRequest request, byte[] content, CancellationToken end)
    {
        if (request.Key is not null || request.Data is not null)
            throw new CommandFailureException(
                $"{request.Path} is a bundle: --key and --data are for receipts, and --identity for bundles."
            );
        var identity = request.Identity is { } path ? await ReadAsync(path, end) : null;
        return BundleCase.Verify(content, identity, request.Identity);
    }

    private async Task<VerifyResult> ReceiptAsync(VerifyRequest request, byte[] content, CancellationToken end)
    {
        if (request.Key is not { } key)
            throw new CommandFailureException(
                $"{request.Path} is no bundle; a receipt needs --key, a file with the answer of /api/v1/identity for example."
            );
        if (request.Identity is not null)
            throw new CommandFailureException($"{request.Path} is no bundle: --identity is for bundles, and --key for receipts.");
        var data = request.Data is { } path ? await ReadAsync(path, end) : null;
        var keyText = Encoding.UTF8.GetString(await ReadAsync(key, end));
        return ReceiptCase.Verify(
            Encoding.UTF8.GetString(content).Trim(),
            keyText,
            key,
            data is null ? (ReadOnlyMemory<byte>?)null : data,
            _console.Time
        );
    }

    /// <summary>A JWS has a payload, too; a bundle alone has a copy of it to be read.</summary>
    private static bool IsBundle(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("bundle", out _);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false; // a compact JWS, or nothing that verifies: no JSON, or half of a surrogate pair in a name
        }
    }

    private async Task<byte[]> ReadAsync(string path, CancellationToken end)
    {
        if (Directory.Exists(path))
            throw new CommandFailureException($"{path} is a directory: name a file.");
        try
        {
            await using var file = path == StandardInput ? _console.In() : File.OpenRead(path);
            using var content = new MemoryStream();
            var piece = new byte[81_920];
            for (int read; (read = await file.ReadAsync(piece, end)) > 0; content.Write(piece, 0, read))
            {
                if (content.Length + read > LongestFile)
                    throw new CommandFailureException($"{path} has more than {LongestFile:N0} bytes, the most that are taken.");
            }

            return content.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(exception.Message);
        }
    }

    private void Show(VerifyResult result)
    {
        var page = new Page(_console);
        page.Line(
            new Cell(
                result.Valid ? $"The {result.Kind} verifies." : $"The {result.Kind} does not verify.",
                result.Valid ? Tone.Good : Tone.Bad
            )
        );
        page.Values(
            ("bundle", result.Id ?? ""),
            ("number", result.Sequence is { } number ? $"{number}" : ""),
            ("keys", string.Join(", ", result.SignedBy))
        );
        var table = new Table("check", "outcome", Column.Sentence("found"));
        foreach (var check in result.Checks)
        {
            var tone = check.Outcome switch
            {
                VerifyCheck.Passed => Tone.Good,
                VerifyCheck.Failed => Tone.Bad,
                _ => Tone.Faint,
            };
            table.Add(check.Name, new Cell(check.Outcome.Replace('_', ' '), tone), check.Detail ?? "");
        }

        page.Table(table);
        page.Print();
    }
}
