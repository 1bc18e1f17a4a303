namespace OpenEntropy.Server.Audit;

/// <summary>What the log does where a file is not as it was left, or could not be written.</summary>
internal sealed partial class AuditWriter
{
    // What is written into a file that was removed or replaced is gone, and one that was cut or written to by others is not the one that was left.
    private void LookForChange()
    {
        if (
            _file is null
            || (
                File.Exists(_path)
                && RandomAccess.GetLength(_file.SafeFileHandle) == _length
                && AuditFileId.IsAt(_path, _file.SafeFileHandle)
            )
        )
        {
            return;
        }

        var (own, name) = (Head, Path.GetFileName(_path!));
        _file.Dispose();
        (_file, _isOpen) = (null, false);
        Open();
        var damaged = AuditEntry.Of(AuditParty.Service, AuditAct.LogDamaged, AuditOutcome.Done) with { Subject = name };
        _owed.RemoveAll(entry => entry == damaged); // it is told of once; what else was found, as an end that was cut off, stands
        var next = new AuditHead(Math.Max(own.Sequence, Head.Sequence), own.Hash);
        (Head, _path, _length) = (next, null, 0);
        _owed.Insert(0, damaged);
        Found = new AuditFound(next, Path: null, Length: 0)
        {
            DamagedFile = name,
            Damage = "it was removed, replaced or changed while it was written",
        };
    }

    private void TakeBack()
    {
        try
        {
            if (_file is not null)
            {
                disk.Cut(_file, _length);
                disk.Sync(_file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is there is found out anew; a line of it that is whole stays, and is an entry of an act that was refused.
            _file!.Dispose();
            (_file, _isOpen) = (null, false);
        }
    }
}
