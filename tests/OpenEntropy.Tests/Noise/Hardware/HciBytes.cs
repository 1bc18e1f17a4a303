namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>Events as a Bluetooth controller sends them, laid out by the Core Specification, Vol. 4, Part E, 7.7.</summary>
internal static class HciBytes
{
    /// <summary>An address no device has: it must not be found in anything that is kept.</summary>
    public static readonly byte[] Address = [0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6];

    public static byte[] Event(byte code, params byte[] parameters) => [0x04, code, (byte)parameters.Length, .. parameters];

    /// <summary>HCI_Command_Complete.</summary>
    public static byte[] Complete(byte[] command, params byte[] result) => Event(0x0E, [1, command[1], command[2], .. result]);

    /// <summary>HCI_Command_Status.</summary>
    public static byte[] Status(byte[] command, byte status) => Event(0x0F, status, 1, command[1], command[2]);

    /// <summary>HCI_LE_Advertising_Report.</summary>
    public static byte[] Advertisements(params byte[][] reports) =>
        Event(0x3E, [0x02, (byte)reports.Length, .. reports.SelectMany(report => report)]);

    /// <summary>One report: event type, address type, address, data with its length, signal.</summary>
    public static byte[] Report(sbyte signal, params byte[] data) => [0x03, 0x01, .. Address, (byte)data.Length, .. data, (byte)signal];

    /// <summary>HCI_LE_Extended_Advertising_Report.</summary>
    public static byte[] Extended(params byte[][] reports) =>
        Event(0x3E, [0x0D, (byte)reports.Length, .. reports.SelectMany(report => report)]);

    /// <summary>
    /// One extended report: event type (2), address type, address, primary and secondary PHY, set, transmit power, signal, interval (2), address type
    /// and address of whom it is for, data with its length.
    /// </summary>
    public static byte[] ExtendedReport(sbyte signal, params byte[] data) =>
        [0x10, 0x00, 0x01, .. Address, 1, 0, 0xFF, 0x7F, (byte)signal, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)data.Length, .. data];

    /// <summary>The result of HCI_Read_Local_Supported_Commands: status and 64 octets.</summary>
    public static byte[] SupportedCommands(bool extended)
    {
        var result = new byte[65];
        result[1 + 25] = 0xFF; // LE commands, the legacy scan among them
        result[1 + 37] = extended ? (byte)0x60 : (byte)0x20;
        return result;
    }
}
