using System.Text.Json;
using OpenEntropy.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Pool;
using Xunit;

namespace OpenEntropy.Server.Tests.Pool;

public sealed class PoolBodyTests
{
    [Fact]
    public void From_EveryFigureSet_WritesTheAccounts()
    {
        var json = JsonSerializer.Serialize(PoolBody.From(SampleStatus.Pool()), ServerJson.Readable.PoolBody);

        Assert.Equal(
            """{"state":"degraded","reason":"disk_io has failed","uptime_seconds":90,"capacity_blocks":1024,"blocks_available":256,"fill":0.25"""
                + ""","blocks":{"produced":16,"used":5,"replaced":4,"expired":3,"discarded":2,"per_second_at_full_duty":390.5}"""
                + ""","conditioner":{"hash":"SHA-384","leave_out":1,"block_bits":384,"block_requirement_bits":448,"assessed_bits_in":8000"""
                + ""","assessed_bits_pending":12.5,"assessed_bits_discarded":2.5,"block_bits_out":6144,"extraction_ratio":0.75,"uncredited_inputs":["os_rng","boot_id"]}"""
                + ""","generators":{"total":8,"seeded":7,"seed_age_seconds":0.25,"generate_calls":99,"reseeds":{"instantiate":8,"fresh":1}}"""
                + ""","bytes":{"raw_in":1001,"out":2340,"drbg":2000,"limited":300,"raw":40},"resume_signs":6"""
                + ""","deviations":["Conditioning:LeaveOut is 0"],"credit":[{"name":"page_fault_timing","credited_bits":33.5,"share":0.25}"""
                + """,{"name":"disk_io","credited_bits":100.5,"share":0.75}]}""",
            json
        );
    }

    [Fact]
    public void From_NothingCredited_HasNoShares()
    {
        var body = PoolBody.From(SampleStatus.Pool(PoolState.Starting, SampleStatus.Source(state: SourceState.Starting, credited: 0)));

        Assert.Empty(body.Credit);
    }
}
