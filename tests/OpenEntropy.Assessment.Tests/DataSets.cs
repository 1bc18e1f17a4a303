using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests;

/// <summary>The sample data that stand beside the figures of NIST's tool.</summary>
internal static class DataSets
{
    /// <summary>Paths below the folder of the vector files, without the extension.</summary>
    public static TheoryData<string> All => [.. OfNist, "noise/eventfd_rt", "noise/pagefault_mmap"];

    /// <summary>Those that came with NIST's tool, of which <see cref="Iid"/> is had too.</summary>
    public static IEnumerable<string> OfNist =>
        [
            "sp80090b/rand1_short",
            "sp80090b/rand4_short",
            "sp80090b/rand8_short",
            "sp80090b/truerand_1bit",
            "sp80090b/biased-random-bits",
            "sp80090b/truerand_8bit",
            "sp80090b/biased-random-bytes",
        ];

    /// <summary>The samples of one of them.</summary>
    public static SampleSet Samples(string name) => SampleSet.FromSamples(Bytes(name));

    public static byte[] Bytes(string name)
    {
        using var file = Vectors.Open(name + ".bin");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    public static ToolOutput NonIid(string name) => ToolOutput.Read(name + ".noniid.vv.txt");

    public static ToolOutput Iid(string name) => ToolOutput.Read(name + ".iid.vv.txt");
}
