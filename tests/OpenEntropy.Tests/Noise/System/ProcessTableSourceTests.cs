using System.Globalization;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class ProcessTableSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SourceFact("process_table")]
    public void Collect_ProcessesRan_TheSampleIsTheLowByteOfWhatAllOfThemRan()
    {
        var own = Process(Environment.ProcessId, "100 10 1\n");
        var other = Process(1, "7000 20 3\n");
        var source = new ProcessTableSource(_directory.Path);
        source.Open();
        try
        {
            File.WriteAllText(own, "350 10 2\n"); // 251
            File.WriteAllText(other, "7007 21 4\n"); // 9
            var samples = new byte[2];

            Assert.Equal(2, source.Collect(samples));
            Assert.Equal([(251 + 9) & 0xFF, 0], samples);
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("process_table")]
    public void Open_ManyProcesses_ReadsItsOwnAndTheLowestNumbers()
    {
        Process(Environment.ProcessId, "1 1 1\n");
        var tables = Enumerable.Range(Environment.ProcessId + 1, 100).Select(id => Process(id, "1 1 1\n")).ToList();
        Directory.CreateDirectory(_directory.File("self"));
        var source = new ProcessTableSource(_directory.Path);
        source.Open();
        try
        {
            Assert.Equal(1, OpenFiles.CountOf(Table(Environment.ProcessId)));
            Assert.All(tables.Take(15), table => Assert.Equal(1, OpenFiles.CountOf(table)));
            Assert.All(tables.Skip(15), table => Assert.Equal(0, OpenFiles.CountOf(table)));
        }
        finally
        {
            source.Close();
        }

        Assert.All(tables, table => Assert.Equal(0, OpenFiles.CountOf(table)));
    }

    [SourceFact("process_table")]
    public void Collect_MostProcessesEnded_ThrowsAndTheNextOpeningFindsNewOnes()
    {
        Process(Environment.ProcessId, "1 1 1\n");
        var ended = Enumerable.Range(0, 4).Select(_ => SleepingProcess.Start()).ToList();
        foreach (var (process, number) in ended.Zip(Enumerable.Range(1, 4)))
        {
            Directory.CreateDirectory(_directory.File(Text(number)));
            File.CreateSymbolicLink(Table(number), process.Table);
        }

        var source = new ProcessTableSource(_directory.Path);
        source.Open();
        try
        {
            ended.ForEach(process => process.Dispose());
            Assert.Equal(1, source.Collect(new byte[1])); // they are left out
            var latecomer = Process(5, "1 1 1\n");
            Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
            source.Close();
            Enumerable.Range(1, 4).ToList().ForEach(number => Directory.Delete(_directory.File(Text(number)), recursive: true));
            source.Open(); // the latecomer is found

            File.WriteAllText(latecomer, "43 1 1\n");
            var samples = new byte[1];
            Assert.Equal(1, source.Collect(samples));
            Assert.Equal(42, samples[0]);
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("process_table")]
    public void Open_DirectoryWithoutProcesses_IsUnavailableAndThrows()
    {
        var empty = new ProcessTableSource(_directory.Path);
        Assert.Contains(_directory.Path, empty.WhyUnavailable(), StringComparison.Ordinal);
        Assert.Throws<NoiseSourceException>(empty.Open);
        empty.Close();

        var missing = new ProcessTableSource(_directory.File("missing"));
        Assert.Throws<NoiseSourceException>(missing.Open);
        missing.Close();
        Assert.Throws<NoiseSourceException>(() => missing.Collect(new byte[1]));
    }

    [SourceFact("process_table")]
    public void Close_AfterOpen_LeavesNothingOpenAndCollectThrows()
    {
        var own = $"/proc/{Text(Environment.ProcessId)}/schedstat";
        var source = new ProcessTableSource();
        source.Open();
        Assert.Equal(1, OpenFiles.CountOf(own));
        source.Close();

        Assert.Equal(0, OpenFiles.CountOf(own));
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
        Assert.Equal(0, OpenFiles.CountOf(own));
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private string Table(int id) => Path.Combine(_directory.Path, Text(id), "schedstat");

    private string Process(int id, string text)
    {
        Directory.CreateDirectory(_directory.File(Text(id)));
        File.WriteAllText(Table(id), text);
        return Table(id);
    }
}
