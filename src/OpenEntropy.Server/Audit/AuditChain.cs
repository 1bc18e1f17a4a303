namespace OpenEntropy.Server.Audit;

/// <summary>Gives entries their places.</summary>
internal static class AuditChain
{
    /// <summary>The lines of entries that come next.</summary>
    /// <param name="head">Where the chain stands.</param>
    /// <param name="now">Dates them.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="sign">Signs the last of them; null: none is signed.</param>
    /// <returns>Their bytes, and where the chain stands after them.</returns>
    public static (byte[] Lines, AuditHead Head) Continue(
        AuditHead head,
        DateTimeOffset now,
        List<AuditEntry> entries,
        Func<byte[], string>? sign
    )
    {
        using var lines = new MemoryStream();
        for (var i = 0; i < entries.Count; i++)
        {
            var line = new AuditLine(head.Sequence + 1, now, entries[i], head.Hash);
            if (sign is not null && i == entries.Count - 1)
            {
                line = line with { Signature = sign(line.SigningInput()) };
            }

            var bytes = line.ToBytes();
            lines.Write(bytes);
            head = AuditHead.After(line.Sequence, bytes);
        }

        return (lines.ToArray(), head);
    }
}
