using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Documented;

/// <summary>What the document says of a sequence without entropy: SHA-256 of a counter.</summary>
public sealed class DocumentedCounterTests
{
    private const int Digests = 1_000_000 / SHA256.HashSizeInBytes;

    [Fact]
    public void CounterFromZero_EachEstimate_IsInTheDocument()
    {
        var assessment = Assess(first: 0);

        AssessmentDocument.AssertHolds([
            "| estimator | of the bytes, bits per byte | of their bits, 8 times, bits per byte |",
            "|---|---:|---:|",
            .. assessment.Bitstring.Select(bits => Row(bits, assessment.Literal.SingleOrDefault(bytes => bytes.Clause == bits.Clause))),
        ]);
        AssessmentDocument.AssertHolds(Row(first: 0, assessment));
    }

    [Fact]
    public void CounterFromAnotherStart_WhereAPredictorIsLucky_IsInTheDocument()
    {
        var assessment = Assess(first: 250_000);

        AssessmentDocument.AssertHolds(Row(first: 250_000, assessment));
    }

    private static NonIidAssessment Assess(ulong first) => NonIidAssessment.Run(SampleSet.FromSamples(HashedCounter(first), 8));

    /// <summary>The digests of the counter's values, one after the other; each value is hashed as 8 bytes, the most significant first.</summary>
    private static byte[] HashedCounter(ulong first)
    {
        var bytes = new byte[Digests * SHA256.HashSizeInBytes];
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < Digests; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(value, first + (ulong)i);
            SHA256.HashData(value, bytes.AsSpan(i * SHA256.HashSizeInBytes));
        }

        return bytes;
    }

    private static string Row(EntropyEstimate bits, EntropyEstimate? bytes) =>
        $"| {bits.Estimator} ({bits.Clause}) | {(bytes is null ? "–" : Shown(bytes.MinEntropy))} | {Shown(8 * bits.MinEntropy)} |";

    private static string Row(ulong first, NonIidAssessment assessment)
    {
        var ofBytes = assessment.Literal.MinBy(estimate => estimate.MinEntropy)!;
        var ofBits = assessment.Bitstring.MinBy(estimate => estimate.MinEntropy)!;
        var decides =
            ofBytes.MinEntropy < 8 * ofBits.MinEntropy ? $"{ofBytes.Estimator}, of the bytes" : $"{ofBits.Estimator}, of their bits";
        return string.Create(CultureInfo.InvariantCulture, $"| {first:N0} | {Shown(assessment.MinEntropy)} | {decides} |");
    }

    private static string Shown(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
