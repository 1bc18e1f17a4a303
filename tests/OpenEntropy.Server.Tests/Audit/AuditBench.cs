using Microsoft.Extensions.Logging;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Security;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>A storage directory with an audit log, under a clock that stands.</summary>
internal sealed class AuditBench : IDisposable
{
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");
    private readonly ILoggerFactory _loggers;

    public AuditBench() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(Logs));

    /// <summary>Who acts in these tests.</summary>
    public static Caller Somebody { get; } = new(CallerKind.Local, "loopback");

    public string Storage => _storage.FullName;

    public string Folder => Path.Combine(Storage, AuditFiles.Folder);

    public IReadOnlyList<string> Files => AuditFiles.In(Folder);

    public ManualTimeProvider Time { get; } = new();

    public FaultyDisk Disk { get; } = new();

    public AuditOptions Options { get; } = new();

    public LogCapture Logs { get; } = new();

    public AuditWriter Open() => new(Storage, Options, Time, Disk);

    public AuditLog Log() => new(Open(), Options, Time, _loggers.CreateLogger<AuditLog>());

    public AuditVerification Verify(string? from = null) => AuditVerifier.Verify(Files, from);

    /// <summary>Every entry that can be read.</summary>
    public List<AuditLine> Lines() => Lines(Files);

    /// <summary>The same of other files.</summary>
    public static List<AuditLine> Lines(IEnumerable<string> files)
    {
        var lines = new List<AuditLine>();
        var scanner = new AuditScanner(before: null, (line, _) => lines.Add(line));
        foreach (var file in files)
        {
            scanner.Read(AuditTail.ReadAll(file));
        }

        return lines;
    }

    /// <summary>An entry.</summary>
    public static AuditEntry Entry(string subject) =>
        AuditEntry.Of(AuditParty.Of(Somebody), AuditAct.SourceRetest, AuditOutcome.Done) with
        {
            Subject = subject,
        };

    /// <summary>Writes so many entries, each by itself, and closes the log.</summary>
    public void Write(int entries)
    {
        using var writer = Open();
        for (var i = 0; i < entries; i++)
        {
            writer.Append([Entry($"{i}")]);
        }
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _storage.Delete(recursive: true);
    }
}
