using System.Text.Json;
using OpenEntropy.Assessment;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Assessment;

public sealed class RunBodyTests
{
    [Fact]
    public void From_Assessment_TellsEveryValueOfEveryEstimate()
    {
        var assessment = ScriptedAssessment.Of(SampleSet.FromSamples([0, 255, 3, 4]), 6.5);
        var run = RunBody.From(assessment, DateTimeOffset.UnixEpoch);
        var body = new AssessmentDetailBody(null!, run, [], Recording: null, "");

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(body, ServerJson.Readable.AssessmentDetailBody));

        Assert.Equal(
            """{"time":"1970-01-01T00:00:00+00:00","samples":4,"alphabet_size":4,"symbol_bits":8,"bits":32,"min_entropy":6.5,"h_original":6.5,"h_bitstring":1"""
                + ""","literal":[{"estimator":"Scripted","clause":"6.3.0","min_entropy":6.5,"values":{"bound":0.25,"counts":[1,2,3],"longest":17}}]"""
                + ""","bitstring":[{"estimator":"Scripted","clause":"6.3.0","min_entropy":1,"values":{"bound":null,"counts":[],"longest":0}}]}""",
            json.RootElement.GetProperty("last").GetRawText()
        );
    }
}
