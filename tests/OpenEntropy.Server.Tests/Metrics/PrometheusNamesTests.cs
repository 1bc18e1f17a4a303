using OpenEntropy.Server.Metrics;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", false, "http_server_request_duration_seconds")]
    [InlineData("openentropy_raw_bytes_total", null, true, "openentropy_raw_bytes_total")]
    [InlineData("raw", "By", true, "raw_bytes_total")]
    [InlineData("raw_bytes", "By", true, "raw_bytes_total")]
    [InlineData("raw_total", "By", true, "raw_bytes_total")]
    [InlineData("fill", "1", false, "fill_ratio")]
    [InlineData("calls", "1", true, "calls_total")]
    [InlineData("9-lives/ä", null, false, "__lives__")]
    public void Family_NameAndUnit_FollowsPrometheus(string name, string? unit, bool isCounter, string family) =>
        Assert.Equal(family, PrometheusNames.Family(name, unit, isCounter));

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(9007199254740991, "9007199254740991")]
    [InlineData(0.1, "0.1")]
    public void Number_Extremes_AreWrittenAsPrometheusReadsThem(double value, string text) =>
        Assert.Equal(text, PrometheusNames.Number(value));
}
