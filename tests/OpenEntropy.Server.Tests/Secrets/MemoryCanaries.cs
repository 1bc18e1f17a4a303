using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace OpenEntropy.Server.Tests.Secrets;

/// <summary>Secrets that are looked for in memory: sixteen bytes of one anywhere, as they are or as text.</summary>
internal sealed class MemoryCanaries
{
    /// <summary>Bytes that a find takes.</summary>
    public const int Window = 16;

    private const int FilterBits = 20;

    private readonly bool[] _filter = new bool[1 << FilterBits];
    private readonly Dictionary<(ulong First, ulong Second), string> _windows = [];

    /// <summary>Looks for a text, as it stands in a request and in a string.</summary>
    public void Add(string name, string text)
    {
        Add(name, Encoding.UTF8.GetBytes(text));
        Add($"{name}, as a string", Encoding.Unicode.GetBytes(text));
    }

    /// <summary>Looks for bytes, as they are and in hexadecimal, base64 and base64url.</summary>
    public void AddInAllForms(string name, byte[] secret)
    {
        Add(name, secret);
        Add($"{name}, hexadecimal", Convert.ToHexStringLower(secret));
        for (var skip = 0; skip < 3; skip++)
        {
            var whole = secret.AsSpan(skip, (secret.Length - skip) / 3 * 3);
            Add($"{name}, base64", Convert.ToBase64String(whole));
            Add($"{name}, base64url", Base64Url.EncodeToString(whole));
        }
    }

    /// <summary>The names of what stands in memory.</summary>
    public void FindIn(ReadOnlySpan<byte> memory, ISet<string> found)
    {
        for (var i = 0; i + Window <= memory.Length; i++)
        {
            var first = MemoryMarshal.Read<ulong>(memory[i..]);
            if (
                _filter[Slot(first)]
                && _windows.TryGetValue((first, MemoryMarshal.Read<ulong>(memory[(i + sizeof(ulong))..])), out var name)
            )
            {
                found.Add(name);
            }
        }
    }

    private void Add(string name, byte[] secret)
    {
        for (var i = 0; i + Window <= secret.Length; i++)
        {
            var first = BinaryPrimitives.ReadUInt64LittleEndian(secret.AsSpan(i));
            _filter[Slot(first)] = true;
            _windows[(first, BinaryPrimitives.ReadUInt64LittleEndian(secret.AsSpan(i + sizeof(ulong))))] = name;
        }
    }

    private static int Slot(ulong window) => (int)((window * 0x9E3779B97F4A7C15) >> (64 - FilterBits));
}
