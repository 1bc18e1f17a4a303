using System.Text;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The source over a tree laid out like sysfs.</summary>
public sealed class SensorNoiseSourceTests : IDisposable
{
    private readonly TemporaryDirectory _sysfs = new();

    public void Dispose() => _sysfs.Dispose();

    [Theory]
    [InlineData("42000\n", 42000)]
    [InlineData("-273\n", -273)]
    [InlineData("0", 0)]
    public void TryParse_Number_GivesIt(string text, long value)
    {
        Assert.True(SensorReading.TryParse(Encoding.ASCII.GetBytes(text), out var parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("n/a\n")]
    [InlineData("1.5\n")]
    [InlineData("12 13\n")]
    [InlineData("99999999999999999999\n")]
    public void TryParse_SomethingElse_IsFalse(string text) => Assert.False(SensorReading.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Collect_SensorsOfAllKindsMoved_OneSampleIsTheSumOfTheirIncrements()
    {
        var (board, fan, air, zone) = (
            Sensor("class/hwmon/hwmon0/temp1_input", "30000"),
            Sensor("class/hwmon/hwmon1/fan1_input", "1200"),
            Sensor("bus/iio/devices/iio:device0/in_temp_raw", "77"),
            Sensor("class/thermal/thermal_zone0/temp", "-5")
        );
        Sensor("class/hwmon/hwmon0/temp1_max", "1");
        Sensor("class/hwmon/hwmon0/name", "board");
        var light = Sensor("bus/iio/devices/iio:device1/in_illuminance_raw", "1"); // tells who stands before it
        Sensor("class/thermal/cooling_device0/cur_state", "1");
        Sensor("bus/iio/devices/iio:device0/in_temp_scale", "0.5");
        var source = Create();
        source.Open();
        try
        {
            Write(board, "30125"); // 125
            Write(fan, "1190"); // -10
            Write(air, "377"); // 300
            Write(zone, "5"); // 10
            Write(light, "70");
            Sensor("class/hwmon/hwmon0/temp1_max", "1000");
            var samples = new byte[2];

            Assert.Equal(2, source.Collect(samples));
            Assert.Equal([(125 - 10 + 300 + 10) & 0xFF, 0], samples);
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Collect_SensorThatVanishesAndReturns_CountsForNothingMeanwhile()
    {
        var (gone, stays) = (Sensor("class/hwmon/hwmon0/temp1_input", "10"), Sensor("class/hwmon/hwmon0/temp2_input", "20"));
        var source = Create();
        source.Open();
        try
        {
            var sample = new byte[1];
            Write(gone, string.Empty); // as unreadable as one whose device was taken away
            Write(stays, "23");
            Assert.Equal((1, 3), (source.Collect(sample), sample[0]));

            // Only increments are measurements: the first value after a gap has none.
            Write(gone, "90");
            Assert.Equal((1, 0), (source.Collect(sample), sample[0]));
            Write(gone, "92");
            Assert.Equal((1, 2), (source.Collect(sample), sample[0]));

            Write(gone, string.Empty);
            Write(stays, string.Empty);
            Assert.Equal("no sensor could be read", Assert.Throws<NoiseSourceException>(() => source.Collect(sample)).Message);
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void Open_NobodyMayReadIt_SaysSo()
    {
        File.CreateSymbolicLink(Prepare("class/hwmon/hwmon0/energy1_input"), SourceSettings.DeniedPath);
        var source = Create();
        Assert.Null(source.WhyUnavailable());
        var message = Assert.Throws<NoiseSourceException>(source.Open).Message;
        source.Close();
        Assert.Equal($"no sensor in {_sysfs.Path} could be opened", message);
    }

    [Fact]
    public void WhyUnavailable_NoSensor_SaysWhereItLooked()
    {
        Assert.Equal($"there is no sensor in {_sysfs.Path}/class/hwmon, iio or thermal", Create().WhyUnavailable());
        Sensor("class/hwmon/hwmon0/name", "board");
        Assert.NotNull(Create().WhyUnavailable());
        Sensor("class/hwmon/hwmon0/in0_input", "5");
        Assert.Null(Create().WhyUnavailable());
    }

    [Fact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        var sensor = Sensor("class/hwmon/hwmon0/temp1_input", "1");
        var source = Create();
        for (var round = 0; round < 1000; round++)
        {
            source.Open();
            source.Close();
        }

        Assert.Equal(0, OpenFiles.CountOf(sensor));
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [Fact]
    public void Collect_InSteadyState_AllocatesNothing()
    {
        Sensor("class/hwmon/hwmon0/temp1_input", "1");
        var source = Create();
        source.Open();
        try
        {
            var samples = new byte[8];
            _ = source.Collect(samples);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var count = source.Collect(samples);
            Assert.Equal((0, 8), (GC.GetAllocatedBytesForCurrentThread() - before, count));
        }
        finally
        {
            source.Close();
        }
    }

    [Fact]
    public void WholePath_SensorsGoneAndBack_FailsAndReturns()
    {
        var sensor = Sensor("class/thermal/thermal_zone0/temp", "1");
        using var turns = new TurnTaker(Create());
        turns.Until(() => turns.Source.State == SourceState.Healthy);

        Write(sensor, string.Empty);
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal("no sensor could be read; next attempt in 1 s", turns.Status.Reason);

        Write(sensor, "2");
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal(0, turns.Credit);
    }

    private static void Write(string path, string value) => File.WriteAllText(path, value.Length == 0 ? value : value + "\n");

    private SensorNoiseSource Create() => new(_sysfs.Path);

    private string Sensor(string name, string value)
    {
        Write(Prepare(name), value);
        return _sysfs.File(name);
    }

    private string Prepare(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_sysfs.File(name))!);
        return _sysfs.File(name);
    }
}
