using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Network;

/// <summary>How strong the wireless interfaces hear their stations, and the noise of their channels.</summary>
/// <remarks>
/// <para><b>What is measured:</b> every tenth of a second the sum of all levels in dBm that the kernel's nl80211 family tells: of each station an
/// interface hears, and of the noise on its channel; where the kernel does not have the family, those of <c>/proc/net/wireless</c>. The radio
/// measures them with each frame it receives, beacons among them, so asking faster would give the same numbers again.</para>
/// <para><b>Why it varies:</b> reflections that move, other senders, and the receiver's own thermal noise, rounded to whole decibels.</para>
/// <para><b>Virtual machine, container:</b> have no radio. <b>Co-tenant:</b> every local user can ask for the same numbers.
/// <b>Attacker:</b> with a receiver nearby sees much of the same, and moves the levels by sending. So nothing is claimed: the numbers are coarse,
/// few and readable by others.</para>
/// <para>Nothing is sent over the air: only the kernel is asked. Addresses and names of networks in its answers are passed over, and
/// overwritten at once.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close gives the sockets back; a source can be opened again.")]
internal sealed unsafe class WifiRssiSource : MeasuredSource
{
    private const int TableBytes = 4096;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_batch = TimeSpan.FromSeconds(1);

    private readonly string _interfaces;
    private readonly string _tablePath;
    private readonly Func<int> _openSocket;
    private readonly byte[] _text = GC.AllocateUninitializedArray<byte>(TableBytes, pinned: true);
    private WirelessLevels? _levels;
    private int _table = -1;
    private long _asked; // a reading of Stopwatch; 0: never

    /// <summary>Asks the kernel about the interfaces below <c>/sys/class/net</c>.</summary>
    public WifiRssiSource()
        : this("/sys/class/net", "/proc/net/wireless", RadioSockets.OpenGenericNetlink) { }

    /// <summary>Asks others in their place.</summary>
    internal WifiRssiSource(string interfaces, string tablePath, Func<int> openSocket) =>
        (_interfaces, _tablePath, _openSocket) = (interfaces, tablePath, openSocket);

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "wifi_rssi",
            Category = NoiseCategory.Network,
            Mechanism =
                "Signal of the stations a wireless interface hears and noise of its channel, in whole dBm: reflections, other senders and the receiver's own noise.",
            Origin = NoiseOrigin.Counter,
            Digitization = "The low byte of the sum of all levels, in dBm.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: the levels are coarse, every local user can read them, and a receiver nearby hears much of the same.",
            // A receiver that does not move beside one sender gives the same sum for minutes, so no cutoff fits: watched for total failure only.
            TestMinEntropy = null,
            OptIn = true,
            Private = true, // the levels tell of who is near
            // A batch lasts a second, and the kernel may ask each interface's firmware twice.
            Deadline = TimeSpan.FromSeconds(5),
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => Indices().Any() ? null : "there is no wireless interface";

    /// <inheritdoc/>
    protected internal override void Open()
    {
        int[] indices = [.. Indices()];
        if (indices.Length == 0)
            throw new NoiseSourceException("there is no wireless interface");
        _levels = WirelessLevels.TryOpen(_openSocket(), indices);
        if (_levels is null)
            _table = LinuxFiles.Open(_tablePath, LinuxFiles.ReadOnly);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var started = Stopwatch.GetTimestamp();
        var filled = 0;
        do
        {
            while (_asked != 0 && s_pause - Stopwatch.GetElapsedTime(_asked) is { Ticks: > 0 } left)
                LinuxDevices.Pause(left + TimeSpan.FromMilliseconds(1));
            _asked = Stopwatch.GetTimestamp();

            var (count, sum) = _levels?.Read() ?? ReadTable();
            if (count == 0)
                throw new NoiseSourceException("no wireless interface hears a station");
            values[filled++] = sum;
        } while (filled < values.Length && Stopwatch.GetElapsedTime(started) < s_batch);

        return filled;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the sum of all levels, dBm

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _levels?.Dispose();
        _levels = null;
        if (_table >= 0)
            LinuxFiles.Close(_table);
        _table = -1;
    }

    private (int Count, int Sum) ReadTable()
    {
        if (_table < 0)
            throw new NoiseSourceException("nobody to ask: the source is not open");
        var read = LinuxFiles.ReadAt(_table, (byte*)Unsafe.AsPointer(ref _text[0]), TableBytes, 0); // pinned for good
        if (read < 0)
            throw LinuxFiles.Failed($"reading {_tablePath}");
        var levels = WirelessTable.Levels(_text.AsSpan(0, read));
        CryptographicOperations.ZeroMemory(_text.AsSpan(0, read)); // who is near
        return levels;
    }

    /// <summary>The numbers by which the kernel knows its wireless interfaces: those that have a radio behind them, or had one in the old way.</summary>
    private IEnumerable<int> Indices()
    {
        if (!Directory.Exists(_interfaces))
            yield break;
        foreach (var path in Directory.EnumerateDirectories(_interfaces).Order(StringComparer.Ordinal))
        {
            if (!Directory.Exists(Path.Combine(path, "phy80211")) && !Directory.Exists(Path.Combine(path, "wireless")))
                continue;
            if (TryIndex(Path.Combine(path, "ifindex"), out var index))
                yield return index;
        }
    }

    private static bool TryIndex(string path, out int index)
    {
        index = 0;
        try
        {
            return int.TryParse(File.ReadAllText(path).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out index)
                && index > 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // unplugged between two looks
        }
    }
}
