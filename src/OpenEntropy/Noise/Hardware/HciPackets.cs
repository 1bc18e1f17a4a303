using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Hardware;

/// <summary>What a controller's event is to a scan.</summary>
internal enum HciEventKind
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>A command has ended, or was refused.</summary>
    CommandEnded,

    /// <summary>Advertisements were heard.</summary>
    Advertisements,

    /// <summary>Its lengths do not fit what is there.</summary>
    Garbled,
}

/// <summary>All that is kept of an event: no address, no payload, no signal.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Command">Of a command that ended: its opcode.</param>
/// <param name="Status">Of a command that ended: 0, or why not.</param>
/// <param name="Reports">Of advertisements: how many came with this event.</param>
internal readonly record struct HciEvent(HciEventKind Kind, ushort Command = 0, byte Status = 0, int Reports = 0);

/// <summary>
/// The commands by which a Bluetooth LE controller is made to listen, and its events (Bluetooth Core Specification, Vol. 4, Part E: 5.4 packets,
/// 7.4.2, 7.7 and 7.8 commands and events; Part A: the packet's type before it). Integers are little-endian. Pure.
/// </summary>
internal static class HciPackets
{
    /// <summary>Bytes of the longest event: type, code, length and parameters.</summary>
    public const int MaximumEventBytes = 3 + 255;

    /// <summary>Bytes of struct hci_filter.</summary>
    public const int FilterBytes = 16;

    /// <summary>A command that is not allowed now: somebody else scans.</summary>
    public const byte Disallowed = 0x0C;

    /// <summary>HCI_Read_Local_Supported_Commands.</summary>
    public static ReadOnlySpan<byte> ReadSupportedCommands => [CommandType, 0x02, 0x10, 0];

    // Passive (0x00), as a public address that is never sent, without filter. Interval 60 ms, window 30 ms: as the kernel listens by itself, so
    // that connections keep half of the radio's time.

    /// <summary>HCI_LE_Set_Scan_Parameters.</summary>
    public static ReadOnlySpan<byte> SetParameters => [CommandType, 0x0B, 0x20, 7, 0x00, 0x60, 0x00, 0x30, 0x00, 0x00, 0x00];

    /// <summary>HCI_LE_Set_Extended_Scan_Parameters, on the 1M PHY.</summary>
    public static ReadOnlySpan<byte> SetExtendedParameters => [CommandType, 0x41, 0x20, 8, 0x00, 0x00, 0x01, 0x00, 0x60, 0x00, 0x30, 0x00];

    /// <summary>HCI_LE_Set_Scan_Enable: on, each advertisement reported, also a repeated one.</summary>
    public static ReadOnlySpan<byte> Enable => [CommandType, 0x0C, 0x20, 2, 1, 0];

    /// <summary>HCI_LE_Set_Scan_Enable: off.</summary>
    public static ReadOnlySpan<byte> Disable => [CommandType, 0x0C, 0x20, 2, 0, 0];

    /// <summary>HCI_LE_Set_Extended_Scan_Enable: on, each advertisement reported, until it is switched off.</summary>
    public static ReadOnlySpan<byte> EnableExtended => [CommandType, 0x42, 0x20, 6, 1, 0, 0, 0, 0, 0];

    /// <summary>HCI_LE_Set_Extended_Scan_Enable: off.</summary>
    public static ReadOnlySpan<byte> DisableExtended => [CommandType, 0x42, 0x20, 6, 0, 0, 0, 0, 0, 0];

    private const byte CommandType = 0x01;
    private const byte EventType = 0x04;
    private const byte CommandComplete = 0x0E;
    private const byte CommandStatus = 0x0F;
    private const byte LowEnergy = 0x3E;
    private const byte AdvertisingReport = 0x02;
    private const byte ExtendedAdvertisingReport = 0x0D;
    private const int ParametersAt = 3; // after type, code and length
    private const int ReportBytes = 9; // event type, address type, address and length of the data; the signal follows the data
    private const int ExtendedReportBytes = 24; // ends with the length of the data
    private const int SupportedCommandsAt = ParametersAt + 4; // after a count, the opcode and the status
    private const int ExtendedScanOctet = 37;
    private const byte ExtendedScanBits = 0x60; // set parameters, set enable

    /// <summary>The events a socket shall receive: ends of commands, and those of LE.</summary>
    /// <param name="filter">Receives struct hci_filter: mask of packet types, mask of events in two words, an opcode; in the machine's byte order.</param>
    public static void WriteFilter(Span<byte> filter)
    {
        filter[..FilterBytes].Clear();
        MemoryMarshal.Write(filter, 1u << EventType);
        MemoryMarshal.Write(filter[4..], (1u << CommandComplete) | (1u << CommandStatus));
        MemoryMarshal.Write(filter[8..], 1u << (LowEnergy - 32));
    }

    /// <summary>A command's opcode.</summary>
    public static ushort Opcode(ReadOnlySpan<byte> command) => BinaryPrimitives.ReadUInt16LittleEndian(command[1..]);

    /// <summary>Reads an event.</summary>
    /// <param name="packet">Any bytes.</param>
    public static HciEvent Parse(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < ParametersAt || packet[0] != EventType || packet[2] != packet.Length - ParametersAt)
            return new HciEvent(HciEventKind.Garbled);
        var parameters = packet[ParametersAt..];
        return packet[1] switch
        {
            // A count of commands that may follow, the opcode, and its result, which begins with the status; or none for the empty opcode.
            CommandComplete when parameters.Length >= 4 => Ended(parameters[1..], parameters[3]),
            CommandComplete when parameters.Length == 3 => new HciEvent(HciEventKind.Other),
            // The status, a count and the opcode.
            CommandStatus when parameters.Length == 4 => Ended(parameters[2..], parameters[0]),
            CommandComplete or CommandStatus => new HciEvent(HciEventKind.Garbled),
            LowEnergy => Heard(parameters),
            _ => new HciEvent(HciEventKind.Other),
        };
    }

    /// <summary>
    /// Whether the controller has the extended commands. Then the kernel uses these, and a controller that has heard the one kind refuses the other
    /// until it is reset.
    /// </summary>
    /// <param name="packet">The end of <see cref="ReadSupportedCommands"/>.</param>
    public static bool HasExtendedScan(ReadOnlySpan<byte> packet) =>
        packet.Length > SupportedCommandsAt + ExtendedScanOctet
        && (packet[SupportedCommandsAt + ExtendedScanOctet] & ExtendedScanBits) == ExtendedScanBits;

    private static HciEvent Ended(ReadOnlySpan<byte> opcode, byte status) =>
        new(HciEventKind.CommandEnded, BinaryPrimitives.ReadUInt16LittleEndian(opcode), status);

    private static HciEvent Heard(ReadOnlySpan<byte> parameters)
    {
        if (parameters.IsEmpty)
            return new HciEvent(HciEventKind.Garbled);
        var extended = parameters[0] == ExtendedAdvertisingReport;
        if (!extended && parameters[0] != AdvertisingReport)
            return new HciEvent(HciEventKind.Other);
        if (parameters.Length < 2 || parameters[1] == 0)
            return new HciEvent(HciEventKind.Garbled);

        // Only the lengths are read, for what they say of the event's soundness.
        int reports = parameters[1];
        var rest = parameters[2..];
        for (var report = 0; report < reports; report++)
        {
            var header = extended ? ExtendedReportBytes : ReportBytes;
            if (rest.Length < header)
                return new HciEvent(HciEventKind.Garbled);
            var length = header + rest[header - 1] + (extended ? 0 : 1);
            if (rest.Length < length)
                return new HciEvent(HciEventKind.Garbled);
            rest = rest[length..];
        }

        return rest.IsEmpty ? new HciEvent(HciEventKind.Advertisements, Reports: reports) : new HciEvent(HciEventKind.Garbled);
    }
}
