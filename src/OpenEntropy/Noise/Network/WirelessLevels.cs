using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Network;

/// <summary>
/// The levels that the kernel's wireless family tells, asked for over a generic netlink socket. Its answers name the stations by their addresses, which
/// tell who is near: each is overwritten with zeros as soon as it was read, in memory that the collector does not copy.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class WirelessLevels : IDisposable
{
    private const int DatagramBytes = 32_768; // what the kernel fills at most
    private const int AnswerMilliseconds = 500;
    private const int MaximumDatagrams = 64; // a bound against an answer that never ends
    private const int NoSuchEntry = 2; // ENOENT: there is no such family
    private const int NotSupported = 95; // EOPNOTSUPP: the driver keeps no such levels

    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(AnswerMilliseconds);

    private readonly byte[] _datagram = GC.AllocateArray<byte>(DatagramBytes, pinned: true);
    private readonly byte[] _request = new byte[Nl80211.MaximumRequestBytes];
    private readonly int[] _interfaces;
    private readonly int _socket;
    private readonly ushort _family;
    private uint _sequence;

    private WirelessLevels(int socket, int[] interfaces)
    {
        (_socket, _interfaces) = (socket, interfaces);
        _family = FindFamily(Nl80211.FamilyName) ?? 0;
    }

    /// <summary>Finds the wireless family.</summary>
    /// <param name="socket">A generic netlink socket; it is closed by <see cref="Dispose"/>, or here on failure.</param>
    /// <param name="interfaces">The indices of the interfaces to ask.</param>
    /// <returns>Null where this kernel has no such family.</returns>
    /// <exception cref="NoiseSourceException">The kernel answers something else, or not at all.</exception>
    public static WirelessLevels? TryOpen(int socket, int[] interfaces)
    {
        try
        {
            var levels = new WirelessLevels(socket, interfaces);
            if (levels._family != 0)
                return levels;
        }
        catch (NoiseSourceException)
        {
            LinuxFiles.Close(socket);
            throw;
        }

        LinuxFiles.Close(socket);
        return null;
    }

    /// <summary>The number of a family of generic netlink; null where this kernel does not have it.</summary>
    /// <param name="socket">A generic netlink socket, which stays open.</param>
    /// <param name="name">The family's name.</param>
    /// <exception cref="NoiseSourceException">The kernel answers something else, or not at all.</exception>
    internal static ushort? Family(int socket, string name) => new WirelessLevels(socket, []).FindFamily(name);

    /// <summary>Asks every interface for its stations' signals and for the noise of its channel.</summary>
    /// <returns>How many levels there are, and their sum in dBm.</returns>
    /// <exception cref="NoiseSourceException">The kernel answers something else, or not at all.</exception>
    public (int Count, int Sum) Read()
    {
        var (count, sum) = (0, 0);
        foreach (var index in _interfaces)
        {
            Exchange(Nl80211.WriteGetStations(_request, _family, ++_sequence, index), ref count, ref sum);
            Exchange(Nl80211.WriteGetSurvey(_request, _family, ++_sequence, index), ref count, ref sum);
        }

        return (count, sum);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LinuxFiles.Close(_socket);
        CryptographicOperations.ZeroMemory(_datagram);
    }

    private void Exchange(int requestBytes, ref int count, ref int sum)
    {
        try
        {
            Ask(requestBytes, ref count, ref sum);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_datagram); // whose stations they were
        }
    }

    private void Ask(int requestBytes, ref int count, ref int sum)
    {
        Send(requestBytes);
        var asked = Stopwatch.GetTimestamp();
        for (var datagram = 0; datagram < MaximumDatagrams; datagram++)
        {
            var messages = new NetlinkMessages(Receive(asked));
            while (messages.MoveNext())
            {
                if (messages.Sequence != _sequence)
                    continue;
                if (messages.IsEnd)
                {
                    ThrowIfFailed(messages.ErrorNumber);
                    return;
                }

                if (Nl80211.Level(messages.Command, messages.Attributes) is not { } level)
                    continue;
                count++;
                sum += level;
            }
        }

        throw new NoiseSourceException("the kernel's answer about a wireless interface does not end");
    }

    private ushort? FindFamily(string name)
    {
        Send(Nl80211.WriteGetFamily(_request, ++_sequence, name));
        var messages = new NetlinkMessages(Receive(Stopwatch.GetTimestamp()));
        while (messages.MoveNext())
        {
            if (messages.Sequence != _sequence)
                continue;
            if (!messages.IsEnd && Nl80211.Family(messages.Attributes) is { } family)
                return family;
            if (messages.ErrorNumber == NoSuchEntry)
                return null;
            ThrowIfFailed(messages.ErrorNumber);
        }

        throw new NoiseSourceException($"the kernel does not say which family is {name}");
    }

    private void Send(int requestBytes)
    {
        if (RadioSockets.Send(_socket, _request.AsSpan(0, requestBytes)) != requestBytes)
            throw LinuxFiles.Failed("asking the kernel over netlink");
    }

    private ReadOnlySpan<byte> Receive(long asked)
    {
        while (Stopwatch.GetElapsedTime(asked).TotalMilliseconds < AnswerMilliseconds)
        {
            if (!LinuxDevices.WaitReadable(_socket, s_answer))
                continue;
            var length = RadioSockets.Receive(_socket, _datagram);
            return length > 0 ? _datagram.AsSpan(0, length)
                : length == 0 ? throw new NoiseSourceException("the kernel closed the netlink socket")
                : throw LinuxFiles.Failed("receiving from netlink");
        }

        throw new NoiseSourceException($"the kernel gave no answer over netlink within {AnswerMilliseconds} ms");
    }

    private static void ThrowIfFailed(int error)
    {
        if (error is not (0 or NotSupported))
            throw new NoiseSourceException($"the kernel tells nothing of a wireless interface: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
