using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Assessment;

public sealed class RecordingShelfTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-shelf-");
    private readonly ScriptedNoiseSource _source = new("scripted_a");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Keep_ManyRecordings_KeepsTheLatestAndThatOfTheLowestFigure()
    {
        var history = new AssessmentHistory(new HistoryFile(_directory.FullName));
        var shelf = new RecordingShelf(_directory.FullName, keep: true, history);
        foreach (var (number, figure) in new[] { (1, 5.0), (2, 3.0), (3, 6.0), (4, 2.0), (5, 7.0), (6, 4.0) })
        {
            var samples = Samples(number);
            Assert.Null(shelf.Keep(_source.Info, samples, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
            history.Add("scripted_a", ScriptedAssessment.Figure(figure) with { Sha256 = RecordingShelf.Hash(samples) });
        }

        Assert.Equal(Samples(6), Read("scripted_a"));
        Assert.Equal(Samples(4), Read("scripted_a.lowest"));
        Assert.Equal(4, Directory.GetFiles(shelf.Directory!).Length);
    }

    [Fact]
    public void Keep_AfterARecordingThatGaveNoFigure_LeavesTheLowestAsItIs()
    {
        var history = new AssessmentHistory(new HistoryFile(_directory.FullName));
        var shelf = new RecordingShelf(_directory.FullName, keep: true, history);
        shelf.Keep(_source.Info, Samples(1), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        history.Add("scripted_a", ScriptedAssessment.Figure(2) with { Sha256 = RecordingShelf.Hash(Samples(1)) });
        shelf.Keep(_source.Info, Samples(2), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        shelf.Keep(_source.Info, Samples(3), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

        Assert.Equal(Samples(3), Read("scripted_a"));
        Assert.Equal(Samples(1), Read("scripted_a.lowest"));
    }

    private static byte[] Samples(int number) => [.. Enumerable.Range(0, 100).Select(i => (byte)(i * number))];

    private byte[] Read(string name) => RecordingFile.Read(Path.Combine(_directory.FullName, "recordings", name)).Samples.ToArray();
}
