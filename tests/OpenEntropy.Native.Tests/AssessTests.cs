using System.Text;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Native.Tests;

public sealed class AssessTests
{
    private static readonly byte[] s_samples = [.. Enumerable.Range(0, 4096).Select(i => ScriptedNoiseSource.Lively(i))];

    [Fact]
    public void Assess_Samples_IsTheReportOfTheAssessment()
    {
        var expected = AssessmentReport.Of(
            s_samples,
            new ReportOptions
            {
                Suites = ReportSuites.Quick | ReportSuites.Sp80022,
                Kind = RecordingKind.Output,
                SymbolBits = 8,
            }
        );
        var call = Native.Assess("""{"Suites":["quick","sp800_22"],"Kind":"output","Bits":8,"Threads":1}""", s_samples);
        Assert.Equal(Encoding.UTF8.GetString(expected.ToJson()), Native.Text(call));
    }

    [Theory]
    [InlineData(
        """{"Suites":["slow"]}""",
        ResultCode.Configuration,
        "Suites: is 'slow', and can be non_iid, iid, sp800_22, further, quick, all"
    )]
    [InlineData("""{"Kind":"cooked"}""", ResultCode.Configuration, "Kind: is 'cooked', and can be raw, conditioned, output")]
    [InlineData("""{"Bits":9}""", ResultCode.Configuration, "Bits: is 9, and can be 1 to 8")]
    [InlineData("""{"Threads":0}""", ResultCode.Configuration, "Threads: is 0, and can be 1 to 64")]
    [InlineData("""{"Shoes":2}""", ResultCode.Configuration, "options: ")]
    [InlineData("""{"Suites":["non_iid"],"Kind":"output"}""", ResultCode.Samples, "The samples are not raw")]
    public void Assess_WhatCannotBeAsked_IsRefused(string options, object code, string error)
    {
        var buffer = HandleTests.Filled(1 << 16);
        Assert.Equal((int)(ResultCode)code, Native.Into(Native.Assess(options, s_samples), buffer, out _));
        HandleTests.AssertZero(buffer);
        Assert.StartsWith(error, Native.Error(), StringComparison.Ordinal);
    }

    [Fact]
    public void Assess_NoSamplesOrOneSymbol_SaysWhy()
    {
        Assert.Equal((int)ResultCode.Samples, Native.Into(Native.Assess("", []), new byte[16], out _));
        Assert.StartsWith("There are no samples", Native.Error(), StringComparison.Ordinal);
        Assert.Equal((int)ResultCode.Samples, Native.Into(Native.Assess("", new byte[2000]), new byte[16], out _));
    }
}
