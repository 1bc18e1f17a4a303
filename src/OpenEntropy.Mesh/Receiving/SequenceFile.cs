using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;

namespace OpenEntropy.Mesh.Receiving;

/// <summary>
/// For each of some nodes a number that is on disk before anything above it is used, so that after any end of the process no number up to it is used again. It
/// holds what a receiver may have accepted of others and, in a file of its own, what a sender may have given. Not for several threads at once.
/// </summary>
internal sealed class SequenceFile
{
    /// <summary>Nodes at most.</summary>
    public const int MaximumNodes = 4096;

    private const string Title = "openentropy-mesh-sequences-1";
    private const int Longest = MaximumNodes * 100;

    private readonly NodeFiles _files;
    private readonly string _name;
    private readonly SortedDictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>Reads the file, where there is one.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="NodeStorageException">It is damaged, so that a number could be used twice.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public SequenceFile(NodeFiles files, string name)
    {
        (_files, _name) = (files, name);
        if (files.Read(name, Longest) is { } stored && !TryRead(Encoding.Latin1.GetString(stored)))
            throw new NodeStorageException($"{name} is damaged, and what came before could come again: restore it");
    }

    /// <summary>The number of a node; 0 where there is none.</summary>
    /// <param name="node">The node.</param>
    public long this[NodeId node] => _numbers.GetValueOrDefault(node.Hex);

    /// <summary>Writes numbers, durably.</summary>
    /// <param name="numbers">Numbers of 1 to 2^53 − 1 by node; those of other nodes stay as they are.</param>
    /// <exception cref="IOException">The system refuses, or there are more than <see cref="MaximumNodes"/>; nothing is written.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses; nothing is written.</exception>
    public void Write(params IEnumerable<(NodeId Node, long Number)> numbers)
    {
        var before = new Dictionary<string, long>(_numbers, StringComparer.Ordinal);
        try
        {
            foreach (var (node, number) in numbers)
                _numbers[node.Hex] = number;
            if (_numbers.Count > MaximumNodes)
                throw new IOException($"{_name} holds at most {MaximumNodes} nodes");
            _files.Replace(_name, Encoding.ASCII.GetBytes(Text()));
        }
        catch
        {
            _numbers.Clear();
            foreach (var (node, number) in before)
                _numbers[node] = number;
            throw;
        }
    }

    private string Text()
    {
        var text = new StringBuilder(Title).Append('\n');
        foreach (var (node, number) in _numbers)
            text.Append(node).Append(' ').Append(number.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return text.Append(Checksum(text.ToString())).Append('\n').ToString();
    }

    private bool TryRead(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 3 || lines[0] != Title || lines[^1].Length > 0)
            return false;
        foreach (var line in lines[1..^2])
        {
            var digits = line.Length > 65 ? line[65..] : "";
            if (
                !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > FrameLayout.MaximumSequence
            )
                return false;
            _numbers[line[..64]] = number;
        }

        // Of what was read there is one form: another order, a node twice and a wrong checksum show here.
        return Text() == text;
    }

    private static string Checksum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text)));
}
