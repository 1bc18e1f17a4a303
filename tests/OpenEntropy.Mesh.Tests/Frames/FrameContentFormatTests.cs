using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Mesh.Frames;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Frames;

public sealed class FrameContentFormatTests
{
    private const string NameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_.:-";

    private static Gen<FrameContent> Contents =>
        from health in Gen.Elements(Enum.GetValues<FrameHealth>())
        from power in Gen.Choose(5, 10)
        from names in Gen.Choose(1, 64).SelectMany(length => Gen.Elements(NameCharacters.ToCharArray()).ArrayOf(length)).ListOf()
        from figures in Gen.Choose(0, FrameSource.MaximumMicrobits)
        select new FrameContent(
            health,
            [
                .. names
                    .Select(name => new string(name))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(
                        (name, i) => new FrameSource(name, i % 2 == 0, figures, i % 3 == 0 ? null : FrameSource.MaximumMicrobits - figures)
                    ),
            ],
            Node.Bytes(1 << power, power)
        );

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSameAndIsWrittenAlike() =>
        Prop.ForAll(
                Arb.From(Contents),
                content =>
                {
                    var bytes = FrameContentFormat.Write(content);
                    using var read = FrameContentFormat.Read(bytes);
                    return read.Health == content.Health
                        && read.Sources.SequenceEqual(content.Sources)
                        && read.Payload.SequenceEqual(content.Payload)
                        && FrameContentFormat.Write(read).AsSpan().SequenceEqual(bytes);
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Read_AnyByteChanged_IsRefusedOrAnotherContentOfOneForm()
    {
        using var content = Node.Content(32, new("a.b", true, 333_333, null), new("c", false, 0, 8_000_000));
        var bytes = FrameContentFormat.Write(content);
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var torn = bytes.ToArray();
                torn[at] = (byte)value;
                try
                {
                    using var read = FrameContentFormat.Read(torn);
                    Assert.Equal(torn, FrameContentFormat.Write(read));
                }
                catch (FrameFormatException refusal)
                {
                    Assert.NotEmpty(refusal.Field);
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 4, "health")]
    [InlineData(1, 129, "sources")]
    [InlineData(1, 3, "source.name")]
    [InlineData(1, 1, "body")]
    [InlineData(3, 33, "payload_length")]
    [InlineData(3, 128, "payload")]
    [InlineData(36, 0, "source.name")]
    [InlineData(36, 60, "source")]
    [InlineData(37, 'A', "source.name")]
    [InlineData(38, 2, "source.earns")]
    [InlineData(39, 1, "source.claimed")]
    [InlineData(43, 1, "source.assessed")]
    [InlineData(48, 'a', "source.name")]
    public void Read_OneFieldOutOfItsRange_NamesIt(int at, int value, string field)
    {
        using var content = Node.Content(32, new("a", true, 1, 1), new("b", true, 1, 1));
        var bytes = FrameContentFormat.Write(content);
        bytes[at] = (byte)value;
        Assert.Equal(field, Assert.Throws<FrameFormatException>(() => FrameContentFormat.Read(bytes)).Field);
    }

    [Fact]
    public void Read_ABytePutBehindOrTakenAway_IsRefused()
    {
        using var content = Node.Content(32, new FrameSource("a", true, 1, 1));
        var bytes = FrameContentFormat.Write(content);
        Assert.Throws<FrameFormatException>(() => FrameContentFormat.Read([.. bytes, 0]));
        Assert.Throws<FrameFormatException>(() => FrameContentFormat.Read(bytes.AsSpan(0, bytes.Length - 1)));
    }

    [Fact]
    public void Write_WhatNobodyWouldRead_IsRefused()
    {
        Assert.Throws<FrameFormatException>(() => FrameContentFormat.Write(Node.Content(33)));
        Assert.Throws<FrameFormatException>(() => FrameContentFormat.Write(Node.Content(2048)));
        Assert.Throws<FrameFormatException>(() => FrameContentFormat.Write(Node.Content(32, new FrameSource("a", true, -1, null))));
        Assert.Throws<FrameFormatException>(() => FrameContentFormat.Write(Node.Content(32, new FrameSource("a", true, 1, -1))));
        Assert.Throws<FrameFormatException>(() => FrameContentFormat.Write(Node.Content(32, new FrameSource("", true, 1, null))));
        Assert.Throws<FrameFormatException>(() =>
            FrameContentFormat.Write(Node.Content(32, new("b", true, 1, null), new("a", true, 1, null)))
        );
    }

    [Fact]
    public void Write_TheLargestContent_HasTheLengthOfTheLimit()
    {
        FrameSource[] sources = [.. Enumerable.Range(100, 128).Select(i => new FrameSource($"{i}".PadRight(64, 'x'), true, 1, null))];
        using var content = Node.Content(1024, sources);
        Assert.Equal(FrameLayout.MaximumBodyBytes, FrameContentFormat.Write(content).Length);
    }
}
