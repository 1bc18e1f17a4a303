using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Continuity;

/// <summary>What tells this machine, boot and process from others. No secret and no entropy: it separates, it does not protect.</summary>
internal static class MachineIdentity
{
    private const string Product = "OpenEntropy";

    private static readonly string[] s_files =
    [
        "/proc/sys/kernel/random/boot_id",
        "/etc/machine-id",
        "/sys/class/dmi/id/product_uuid",
        "/sys/hypervisor/uuid",
    ];

    /// <summary>The identity as text in UTF-8, for absorption with every block.</summary>
    public static byte[] Read()
    {
        var text = new StringBuilder(Product);
        foreach (var file in s_files)
            text.Append('\n').Append(ReadOrEmpty(file));
        text.Append('\n').Append(Environment.MachineName);
        text.Append('\n').Append(Environment.ProcessId).Append(' ').Append(Environment.TickCount64);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The identity with a string of the caller's own: its hash, so that no length of it changes what is absorbed besides.</summary>
    /// <param name="identity">From <see cref="Read"/>.</param>
    /// <param name="personalization">The string; empty: the identity as it is.</param>
    public static byte[] With(byte[] identity, ReadOnlySpan<byte> personalization) =>
        personalization.IsEmpty ? identity : [.. identity, (byte)'\n', .. SHA384.HashData(personalization)];

    /// <summary>A personalization string (SP 800-90A, 8.7.1): SHA-384 of the identity and the generator's number, 48 bytes.</summary>
    /// <param name="identity">From <see cref="Read"/>.</param>
    /// <param name="generator">The generator's number.</param>
    public static byte[] Personalization(byte[] identity, int generator) =>
        SHA384.HashData([.. identity, (byte)generator, (byte)(generator >> 8)]);

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Readable by root only, on many machines; the other lines still tell machines apart.
            return "";
        }
    }
}
