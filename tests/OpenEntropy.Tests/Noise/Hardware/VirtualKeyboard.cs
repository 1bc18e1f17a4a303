using System.Runtime.InteropServices;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>A keyboard with one key that the kernel makes for this test (linux/uinput.h), and its event device with it.</summary>
internal sealed unsafe class VirtualKeyboard : IDisposable
{
    /// <summary>Where the kernel is asked for one.</summary>
    public const string Maker = "/dev/uinput";

    private const nuint CreateCall = 0x5501; // UI_DEV_CREATE: _IO('U', 1)
    private const nuint DestroyCall = 0x5502; // UI_DEV_DESTROY: _IO('U', 2)
    private const nuint SetUpCall = 0x405C5503; // UI_DEV_SETUP: _IOW('U', 3, struct uinput_setup)
    private const nuint AddTypeCall = 0x40045564; // UI_SET_EVBIT: _IOW('U', 100, int)
    private const nuint AddKeyCall = 0x40045565; // UI_SET_KEYBIT: _IOW('U', 101, int)
    private const nuint NameCall = 0x8040552C; // UI_GET_SYSNAME(64): _IOC(_IOC_READ, 'U', 44, 64)
    private const int NameBytes = 64;
    private const int SetUpBytes = 92; // struct uinput_setup: bus, vendor, product, version of 2 bytes each, the name in 80, a number in 4
    private const int IdBytes = 8;
    private const ushort Virtual = 6; // BUS_VIRTUAL
    private const ushort Keys = 1; // EV_KEY
    private const ushort Report = 0; // EV_SYN, SYN_REPORT
    private const ushort Key = 183; // KEY_F13, of which nothing that listens makes anything

    private int _maker;

    /// <summary>Plugs it in.</summary>
    public VirtualKeyboard()
    {
        _maker = LinuxFiles.Open(Maker, LinuxFiles.ReadWrite | LinuxDevices.NonBlocking);
        var setUp = stackalloc byte[SetUpBytes];
        new Span<byte>(setUp, SetUpBytes).Clear();
        MemoryMarshal.Write(new Span<byte>(setUp, SetUpBytes), Virtual);
        "OpenEntropy test"u8.CopyTo(new Span<byte>(setUp + IdBytes, SetUpBytes - IdBytes));
        Ask(AddTypeCall, Keys);
        Ask(AddKeyCall, Key);
        Ask(SetUpCall, (nint)setUp);
        Ask(CreateCall, 0);
        EventPath = "/dev/input/" + EventName();
    }

    /// <summary>Its event device.</summary>
    public string EventPath { get; }

    /// <summary>Presses the key, or lets it go: two events and one report, which the kernel stamps with its time.</summary>
    public void Turn(bool down)
    {
        byte[] events = [.. InputEvents.At(0, Keys, Key, down ? 1 : 0), .. InputEvents.At(0, Report)];
        fixed (byte* start = events)
            Assert.Equal(events.Length, LinuxFiles.Write(_maker, start, events.Length));
    }

    /// <summary>Unplugs it.</summary>
    public void Dispose()
    {
        if (_maker < 0)
            return;
        _ = LinuxDevices.Control(_maker, DestroyCall, 0);
        LinuxFiles.Close(_maker);
        _maker = -1;
    }

    private string EventName()
    {
        var name = stackalloc byte[NameBytes];
        Ask(NameCall, (nint)name);
        var device = Path.Combine("/sys/devices/virtual/input", Marshal.PtrToStringUTF8((nint)name)!);
        return Path.GetFileName(Assert.Single(Directory.GetDirectories(device, "event*")));
    }

    private void Ask(nuint request, nint argument)
    {
        if (LinuxDevices.Control(_maker, request, argument) < 0)
            throw LinuxFiles.Failed($"asking {Maker} for a keyboard by 0x{request:X}");
    }
}
