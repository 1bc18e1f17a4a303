using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace OpenEntropy.Server.Hosting;

/// <summary>
/// The memory that connections read into and write from, in place of the web server's own, for two reasons. What goes back is zeroed, so that no
/// buffer hands output of one client, or a header with a key, to whoever has it next. And long answers get blocks of 32 KiB, so that each goes to the
/// kernel as one piece: a list of eight small ones costs some 500 bytes of garbage each time it is sent.
/// </summary>
internal sealed class TransportMemory : IMemoryPoolFactory<byte>
{
    /// <summary>What a connection reads into, and what short answers are written to; bytes.</summary>
    public const int Block = 4096;

    /// <summary>The longest piece of an answer; bytes.</summary>
    public const int LargeBlock = 32_768;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ZeroingMemoryPool();
}
