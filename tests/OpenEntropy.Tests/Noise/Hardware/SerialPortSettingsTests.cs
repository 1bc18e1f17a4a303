using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public class SerialPortSettingsTests
{
    [Fact]
    public void Read_NothingSet_HasTheDefaultsAndNoPort()
    {
        var settings = SerialPortSettings.Read(SourceSettings.Of());

        Assert.Equal((null, 115_200, SerialFraming.Raw, 0), (settings.Port, settings.BaudRate, settings.Framing, settings.Start.Length));
    }

    [Fact]
    public void Read_AllSet_HasThem()
    {
        var settings = SerialPortSettings.Read(
            SourceSettings.Of(
                ("serial_trng:Port", "/dev/ttyACM0"),
                ("serial_trng:BaudRate", "9600"),
                ("serial_trng:Framing", "Lines"),
                ("serial_trng:Start", @"cmd0\ncmdO\r\n")
            )
        );

        Assert.Equal(("/dev/ttyACM0", 9600, SerialFraming.Lines), (settings.Port, settings.BaudRate, settings.Framing));
        Assert.Equal("cmd0\ncmdO\r\n"u8.ToArray(), settings.Start.ToArray());
    }

    [Theory]
    [InlineData("Port", "ttyACM0")]
    [InlineData("Port", "")]
    [InlineData("BaudRate", "115201")]
    [InlineData("BaudRate", "-9600")]
    [InlineData("BaudRate", "")]
    [InlineData("Framing", "binary")]
    [InlineData("Framing", "1")]
    [InlineData("Start", "ä")]
    public void Read_OutOfRange_ThrowsAndNamesTheKey(string setting, string value)
    {
        var exception = Assert.Throws<EntropyConfigurationException>(() =>
            SerialPortSettings.Read(SourceSettings.Of(($"serial_trng:{setting}", value)))
        );

        Assert.Contains($"OpenEntropy:Sources:Settings:serial_trng:{setting}", exception.Message, StringComparison.Ordinal);
    }
}
