namespace OpenEntropy.Server.Audit;

/// <summary>
/// The log on disk. An append returns once the device has its lines, or throws, and then the lines are taken back; where even that fails, the file is read
/// anew before the next. Not for several threads at once.
/// </summary>
/// <param name="storage">The storage directory.</param>
/// <param name="options">The sizes.</param>
/// <param name="time">Dates the entries.</param>
/// <param name="disk">The file system.</param>
internal sealed partial class AuditWriter(string storage, AuditOptions options, TimeProvider time, AuditDisk disk) : IDisposable
{
    private readonly AuditFolder _folder = new(storage, disk);
    private readonly List<AuditEntry> _owed = [];
    private FileStream? _file;
    private string? _path;
    private long _length;
    private bool _isOpen;
    private bool _isClosed;
    private bool _mayBeTooMany;
    private IReadOnlyList<(string Damaged, string Next)> _damaged = [];

    /// <summary>Where the chain stands.</summary>
    public AuditHead Head { get; private set; } = AuditHead.None;

    /// <summary>When the last entry was made; null before the first of this process.</summary>
    public DateTimeOffset? LastTime { get; private set; }

    /// <summary>Entries on the device since the start.</summary>
    public long Written { get; private set; }

    /// <summary>What was found when the log was opened last; null where it was as it was left.</summary>
    public AuditFound? Found { get; private set; }

    /// <summary>Why the files that are too many could not be removed; null where they could.</summary>
    public string? KeptProblem { get; private set; }

    /// <summary>Finds the end of what is there, or that there is nothing yet.</summary>
    /// <exception cref="AuditException">Another process uses the log, or others can get at it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Open()
    {
        if (_isOpen)
        {
            return;
        }

        if (_isClosed)
        {
            throw new AuditException("the service ends");
        }

        _folder.Prepare();
        var found = AuditRecovery.Find(_folder);
        if (found.Torn > 0)
        {
            _owed.Add(
                AuditEntry.Of(AuditParty.Service, AuditAct.LogCut, AuditOutcome.Done) with
                {
                    Bytes = found.Torn,
                    Subject = found.TornFile,
                }
            );
        }

        if (found.DamagedFile is { } damaged)
        {
            _owed.Insert(0, AuditEntry.Of(AuditParty.Service, AuditAct.LogDamaged, AuditOutcome.Done) with { Subject = damaged });
        }

        Found = found.Torn > 0 || found.DamagedFile is not null ? found : null;
        (Head, _path, _length, _isOpen) = (found.Head, found.Path, found.Length, true);
        _mayBeTooMany = true;
        _damaged = _folder.Damaged();
    }

    /// <summary>Adds entries and waits until the device has them.</summary>
    /// <param name="entries">The entries, in their order.</param>
    /// <returns>The number of the first.</returns>
    /// <inheritdoc cref="Open" path="/exception"/>
    public long Append(params IReadOnlyList<AuditEntry> entries) => Append(entries, sign: null);

    /// <summary>Adds entries, the last of them signed.</summary>
    /// <param name="entries">The entries, in their order.</param>
    /// <param name="sign">Signs the last line; null: none is signed.</param>
    /// <inheritdoc cref="Append(IReadOnlyList{AuditEntry})"/>
    public long Append(IReadOnlyList<AuditEntry> entries, Func<byte[], string>? sign)
    {
        Open();
        LookForChange();
        Put([.. _owed, .. entries], sign);
        _owed.Clear();
        var first = Head.Sequence - entries.Count + 1;
        RemoveOldest();
        return first;
    }

    /// <summary>The damaged files that are still there, in a sentence each.</summary>
    public IReadOnlyList<string> FindDamaged() => [.. _damaged.Where(each => _folder.Has(each.Damaged)).Select(AuditFolder.Sentence)];

    /// <summary>Lets other processes in.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _folder.Dispose();
        (_isOpen, _isClosed) = (false, true);
    }

    private void Put(List<AuditEntry> entries, Func<byte[], string>? sign)
    {
        var now = time.GetUtcNow();
        var (lines, head) = AuditChain.Continue(Head, now, entries, sign);
        try
        {
            var isNew = PrepareFile(lines.Length);
            disk.Write(_file!, lines, _length);
            disk.Sync(_file!);
            if (isNew)
            {
                _folder.Sync();
                _mayBeTooMany = true;
                _damaged = _folder.Damaged();
            }
        }
        catch
        {
            TakeBack();
            throw;
        }

        (_length, Head, Written, LastTime) = (_length + lines.Length, head, Written + entries.Count, now);
    }

    // A file is never empty but while its first lines are being written, and only they may make it longer than it should be.
    private bool PrepareFile(int bytes)
    {
        if (_path is not null && _length > 0 && _length + bytes > options.MaximumFileBytes)
        {
            _file?.Dispose();
            (_file, _path, _length) = (null, null, 0);
        }

        var isNew = _path is null || _length == 0;
        _path ??= _folder.PathOf(AuditFiles.NameOf(Head.Sequence + 1));
        _file ??= AuditFolder.Open(_path);
        return isNew;
    }

    private void RemoveOldest()
    {
        try
        {
            while (_mayBeTooMany)
            {
                (_mayBeTooMany, KeptProblem) = (false, null);
                var files = _folder.Files();
                foreach (var (file, next) in files.Zip(files.Skip(1)).SkipLast(options.KeepFiles - 1))
                {
                    // Its count is that of the numbers that go with it, so that the first entry that is kept is known to be the first.
                    var entry = AuditEntry.Of(AuditParty.Service, AuditAct.LogDelete, AuditOutcome.Done) with
                    {
                        Subject = Path.GetFileName(file),
                        Count = AuditFiles.FirstOf(next)!.Value - AuditFiles.FirstOf(file)!.Value,
                    };
                    Put([entry], sign: null); // which may take a new file itself
                    _folder.Delete(file);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (_mayBeTooMany, KeptProblem) = (false, exception.Message); // what was to be entered stands; the next new file tries again
        }
    }
}
