using OpenEntropy.Server.Dialects;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>How the ANU APIs' parameters are read: lenient in names, strict in values.</summary>
public sealed class AnuRequestTests
{
    public static TheoryData<string> Shapes => new() { "Anu", "AnuTextLength", "AnuOlder" };

    [Theory]
    [InlineData("length=5&length=6", 5)]
    [InlineData("length=5&length=", 5)]
    [InlineData("length=5&length=%zz", 5)]
    [InlineData("length=5&x=%zz&%zz=1&%FF=2&=3&&y", 5)]
    [InlineData("Length=7&length=5", 5)]
    [InlineData("%6cength=5", 5)]
    [InlineData("length=5&Raw=true&sources=disk_io&conditioning%20=limited&refresh=maybe&timeouts=-1&formats=bytes", 5)]
    [InlineData("LENGTH=5", 1024)]
    [InlineData("", 1024)]
    public void TryParse_UnknownOrRepeated_IsPassedOver(string query, int length)
    {
        foreach (var shape in Enum.GetValues<AnswerShape>().Where(each => each != AnswerShape.Service))
        {
            Assert.True(
                RandomRequest.TryParse(query, "application/octet-stream", new RandomnessOptions(), out var request, out var error, shape),
                error?.Message
            );
            Assert.Equal(length, request.Length);
            Assert.Equal((BodyFormat.Json, PoolOutput.Drbg), (request.Format, request.Conditioning));
            Assert.False(request.Fresh);
            Assert.Null(request.Source);
        }
    }

    [Fact]
    public void TryParse_UnknownNameOfManyCharacters_IsPassedOver()
    {
        var query = new string('x', 100_000) + "=1&%20" + new string('y', 1000) + "=" + new string('z', 1000) + "&length=3";

        Assert.True(RandomRequest.TryParse(query, "", new RandomnessOptions(), out var request, out _, AnswerShape.Anu));
        Assert.Equal(3, request.Length);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TryParse_ValueOutOfItsRange_IsRefusedByName(string shape)
    {
        Refuse(shape, "length=0", "length must be between 1 and 65536");
        Refuse(shape, "length=65537", "length must be between 1 and 65536");
        Refuse(shape, "length=", "length must be between 1 and 65536");
        Refuse(shape, "length=-1", "length must be between 1 and 65536");
        Refuse(shape, "length=7.5", "length must be between 1 and 65536");
        Refuse(shape, "length=0&length=5", "length must be between 1 and 65536");
        Refuse(shape, "length=007", "length must be a plain decimal number, without leading zeros");
        Refuse(shape, "size=0", "size must be between 1 and 1024");
        Refuse(shape, "size=1025", "size must be between 1 and 1024");
        Refuse(shape, "type=uint8&size=2", "size must be 1 with uint8 and uint16");
        var types = shape == "AnuOlder" ? "uint8, uint16 or hex16" : "uint8, uint16, hex8 or hex16";
        Refuse(shape, "type=uint32", "type must be " + types);
        Refuse(shape, "type=UINT8", "type must be " + types);
        Refuse(shape, "type=", "type must be " + types);
    }

    [Fact]
    public void TryParse_Hex8_IsNoTypeOfTheOlderApi() => Refuse("AnuOlder", "type=hex8", "type must be uint8, uint16 or hex16");

    [Theory]
    [InlineData("length=65536&size=64", "AnuOlder", true)]
    [InlineData("length=65536&size=65", "AnuOlder", false)]
    [InlineData("length=65536&size=32", "Anu", true)]
    [InlineData("length=65536&size=33", "Anu", false)]
    public void TryParse_Bytes_AreBoundedAsEverywhere(string query, string shape, bool expected)
    {
        var parsed = RandomRequest.TryParse(query, "", new RandomnessOptions(), out _, out var error, Enum.Parse<AnswerShape>(shape));

        Assert.Equal(expected, parsed);
        Assert.Equal(expected ? null : "length", error?.Field);
    }

    [Theory]
    [InlineData("?length=1", true)]
    [InlineData("?type=uint8", true)]
    [InlineData("?x=1&length", true)]
    [InlineData("?%74ype=", true)]
    [InlineData("", false)]
    [InlineData("?", false)]
    [InlineData("?size=10", false)]
    [InlineData("?Length=1", false)]
    [InlineData("?%zz=1&x=length", false)]
    public void AsksForNumbers_LengthOrType_DecideWhatTheRootIs(string query, bool expected) =>
        Assert.Equal(expected, AnuRoutes.AsksForNumbers(query));

    [Theory]
    [InlineData("length=5&raw=true", "raw")]
    [InlineData("length=5&raw=false", "raw")]
    [InlineData("source=disk_io&length=5", "source")]
    [InlineData("length=5&conditioning=limited&fresh=true&receipt=true", "conditioning")]
    [InlineData("length=5&fresh=true&receipt=true", "fresh")]
    [InlineData("length=5&%74imeout=1", "timeout")]
    [InlineData("length=5&format=bytes", "format")]
    [InlineData("length=5&receipt", "receipt")]
    [InlineData("length=5&rate=%zz", "rate")]
    public void TryParse_WhatOnlyTheServicesRouteTakes_IsRefusedAndNotPassedOver(string query, string field)
    {
        foreach (var shape in Enum.GetValues<AnswerShape>().Where(each => each != AnswerShape.Service))
        {
            Assert.False(RandomRequest.TryParse(query, "", new RandomnessOptions(), out _, out var error, shape));
            Assert.Equal((400, field), (error!.Status, error.Field));
            Assert.Equal(
                $"{field} must be left out here, where the API of another service is spoken: /api/v1/random, without a slash at its end, takes it",
                error.Message
            );
        }
    }

    [Fact]
    public void TryParse_RequestOfADialect_AllocatesNothing()
    {
        const string query = "?length=1024&size=10&type=hex16&unknown=1";
        var parsed = RandomRequest.TryParse(query, "*/*", new RandomnessOptions(), out _, out _, AnswerShape.AnuTextLength);
        var options = new RandomnessOptions();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            parsed &=
                AnuRoutes.AsksForNumbers(query) && RandomRequest.TryParse(query, "*/*", options, out _, out _, AnswerShape.AnuTextLength);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(parsed);
    }

    private static void Refuse(string shape, string query, string message)
    {
        Assert.False(
            RandomRequest.TryParse(query, "", new RandomnessOptions(), out _, out var error, Enum.Parse<AnswerShape>(shape)),
            query
        );
        Assert.Equal((400, message), (error!.Status, error.Message));
    }
}
