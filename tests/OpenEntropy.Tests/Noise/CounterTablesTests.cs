using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class CounterTablesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CounterTables _tables = new();

    public void Dispose()
    {
        _tables.Close();
        _directory.Dispose();
    }

    [LinuxFact]
    public void Sweep_SeveralTablesMoved_IsTheSumOfAllIncrements()
    {
        var (first, second) = (Table("first", "a 10 20\n"), Table("second", "b 1\n"));
        _tables.Open([first, _directory.File("missing"), second]);

        File.WriteAllText(first, "a 11 22\n");
        File.WriteAllText(second, "b 301\n");

        Assert.Equal(2, _tables.Count);
        Assert.Equal(303UL, _tables.Sweep());
        Assert.Equal(0UL, _tables.Sweep());
    }

    [LinuxFact]
    public void ReadNext_SeveralTables_IsOneAfterTheOther()
    {
        var (first, second) = (Table("first", "a 10\n"), Table("second", "b 1\n"));
        _tables.Open([first, second]);
        File.WriteAllText(first, "a 12\n");
        File.WriteAllText(second, "b 4\n");
        Assert.Equal(2UL, _tables.ReadNext());
        File.WriteAllText(first, "a 17\n");

        Assert.Equal(3UL, _tables.ReadNext());
        Assert.Equal(5UL, _tables.ReadNext());
        Assert.Equal(0UL, _tables.ReadNext());
    }

    [LinuxFact]
    public void ReadNext_OfAnEndedProcess_LeavesItOutAndReadsTheNext()
    {
        var table = Table("table", "1\n");
        using (var process = SleepingProcess.Start())
            _tables.Open([process.Table, table, process.Table]);
        File.WriteAllText(table, "6\n");

        Assert.Equal(5UL, _tables.ReadNext());
        Assert.Equal(2, _tables.Count);
        Assert.Equal(0UL, _tables.ReadNext());
        Assert.Equal(1, _tables.Count);
    }

    [LinuxFact]
    public void ReadNext_OfTheLastTableThatFails_ThrowsAsLongAsNothingIsOpened()
    {
        using (var process = SleepingProcess.Start())
            _tables.Open([process.Table]);

        Assert.Contains("last table", Assert.Throws<NoiseSourceException>(() => _tables.ReadNext()).Message, StringComparison.Ordinal);
        Assert.Throws<NoiseSourceException>(() => _tables.ReadNext());
    }

    [LinuxFact]
    public void Sweep_ALevelFell_CountsDownwards()
    {
        var level = Table("level", "10\n");
        _tables.Open([level]);

        File.WriteAllText(level, "07\n");

        Assert.Equal(unchecked((ulong)-3), _tables.Sweep());
    }

    [LinuxFact]
    public void Sweep_AFieldAppeared_IsNoIncrement()
    {
        var table = Table("table", "10\n");
        _tables.Open([table]);

        File.WriteAllText(table, "10 1000\n");

        Assert.Equal(0UL, _tables.Sweep());
    }

    [LinuxFact]
    public void Sweep_OfAnEndedProcess_LeavesItOutAndGoesOn()
    {
        var table = Table("table", "1\n");
        using (var process = SleepingProcess.Start())
        {
            _tables.Open([process.Table, table]);
            Assert.Equal(2, _tables.Count);
        }

        File.WriteAllText(table, "6\n");

        Assert.Equal(5UL, _tables.Sweep());
        Assert.Equal(1, _tables.Count);
    }

    [LinuxFact]
    public void Sweep_OfTheLastTableThatFails_ThrowsAndLeavesNothingOpen()
    {
        string path;
        using (var process = SleepingProcess.Start())
        {
            path = process.Table;
            _tables.Open([path]);
        }

        Assert.Contains("last table", Assert.Throws<NoiseSourceException>(() => _tables.Sweep()).Message, StringComparison.Ordinal);
        Assert.Equal(0, _tables.Count);
        Assert.Equal(0, OpenFiles.CountOf(path));
        Assert.Throws<NoiseSourceException>(() => _tables.Sweep());
    }

    [LinuxFact]
    public void Open_NoneThere_Throws()
    {
        Assert.Throws<NoiseSourceException>(() => _tables.Open([]));
        Assert.Contains(
            "missing",
            Assert.Throws<NoiseSourceException>(() => _tables.Open([_directory.File("missing")])).Message,
            StringComparison.Ordinal
        );
    }

    private string Table(string name, string text)
    {
        File.WriteAllText(_directory.File(name), text);
        return _directory.File(name);
    }
}
