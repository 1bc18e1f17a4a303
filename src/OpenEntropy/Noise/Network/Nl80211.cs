using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Network;

/// <summary>
/// What is asked of the kernel's wireless interfaces and what it answers (linux/nl80211.h), and how its family is found (linux/genetlink.h).
/// Pure: the socket is <see cref="WirelessLevels"/>'s.
/// </summary>
internal static class Nl80211
{
    /// <summary>The family under which families are found (GENL_ID_CTRL).</summary>
    public const ushort Control = 16;

    /// <summary>The wireless family's name.</summary>
    public const string FamilyName = "nl80211";

    /// <summary>Bytes of the longest request here.</summary>
    public const int MaximumRequestBytes = 64;

    private const byte GetFamily = 3; // CTRL_CMD_GETFAMILY
    private const ushort FamilyId = 1; // CTRL_ATTR_FAMILY_ID
    private const ushort NameOfFamily = 2; // CTRL_ATTR_FAMILY_NAME
    private const byte GetStation = 17; // NL80211_CMD_GET_STATION
    private const byte Station = 19; // NL80211_CMD_NEW_STATION
    private const byte GetSurvey = 50; // NL80211_CMD_GET_SURVEY
    private const byte Survey = 51; // NL80211_CMD_NEW_SURVEY_RESULTS
    private const ushort InterfaceIndex = 3; // NL80211_ATTR_IFINDEX
    private const int StationInfo = 21; // NL80211_ATTR_STA_INFO
    private const int SurveyInfo = 84; // NL80211_ATTR_SURVEY_INFO
    private const int StationSignal = 7; // NL80211_STA_INFO_SIGNAL: dBm, one signed byte
    private const int SurveyNoise = 2; // NL80211_SURVEY_INFO_NOISE: dBm, one signed byte
    private const int SurveyInUse = 3; // NL80211_SURVEY_INFO_IN_USE: a flag, without bytes

    /// <summary>Asks for a family's number.</summary>
    /// <returns>The message's bytes.</returns>
    public static int WriteGetFamily(Span<byte> message, uint sequence, string name)
    {
        Span<byte> text = stackalloc byte[16]; // GENL_NAMSIZ, with its zero
        text.Clear();
        var length = System.Text.Encoding.ASCII.GetBytes(name, text[..^1]);
        return NetlinkMessages.WriteRequest(message, Control, GetFamily, dump: false, sequence, NameOfFamily, text[..(length + 1)]);
    }

    /// <summary>Asks for all stations that an interface hears: the access point, or the clients of one.</summary>
    /// <returns>The message's bytes.</returns>
    public static int WriteGetStations(Span<byte> message, ushort family, uint sequence, int interfaceIndex) =>
        WriteDump(message, family, GetStation, sequence, interfaceIndex);

    /// <summary>Asks for what an interface knows of its channels.</summary>
    /// <returns>The message's bytes.</returns>
    public static int WriteGetSurvey(Span<byte> message, ushort family, uint sequence, int interfaceIndex) =>
        WriteDump(message, family, GetSurvey, sequence, interfaceIndex);

    /// <summary>The number of the family that an answer names; null where it names none.</summary>
    /// <exception cref="NoiseSourceException">The attributes are garbled.</exception>
    public static ushort? Family(ReadOnlySpan<byte> attributes) =>
        NetlinkAttributes.TryFind(attributes, FamilyId, out var id) && id.Length == sizeof(ushort) ? MemoryMarshal.Read<ushort>(id) : null;

    /// <summary>The level that one message tells: a station's signal, or the noise of the channel in use; null where it tells none.</summary>
    /// <param name="command">The message's command.</param>
    /// <param name="attributes">Its attributes. Addresses and names among them are passed over.</param>
    /// <returns>dBm.</returns>
    /// <exception cref="NoiseSourceException">The attributes are garbled.</exception>
    public static sbyte? Level(byte command, ReadOnlySpan<byte> attributes)
    {
        if (command == Station)
            return NetlinkAttributes.TryFind(attributes, StationInfo, out var station) ? SignedByte(station, StationSignal) : null;
        if (command != Survey || !NetlinkAttributes.TryFind(attributes, SurveyInfo, out var survey))
            return null;
        return NetlinkAttributes.TryFind(survey, SurveyInUse, out _) ? SignedByte(survey, SurveyNoise) : null;
    }

    private static int WriteDump(Span<byte> message, ushort family, byte command, uint sequence, int interfaceIndex)
    {
        Span<byte> index = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(index, interfaceIndex);
        return NetlinkMessages.WriteRequest(message, family, command, dump: true, sequence, InterfaceIndex, index);
    }

    private static sbyte? SignedByte(ReadOnlySpan<byte> attributes, int type) =>
        NetlinkAttributes.TryFind(attributes, type, out var value) && value.Length == 1 ? (sbyte)value[0] : null;
}
