using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>A fact about a whole event device, which the kernel makes; skipped where it does not, or not for this user.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VirtualKeyboardFactAttribute : FactAttribute
{
    public VirtualKeyboardFactAttribute() => Skip = OperatingSystem.IsLinux() ? WhyNot() : "It is about Linux's event devices";

    private static string? WhyNot()
    {
        if (!File.Exists(VirtualKeyboard.Maker))
            return $"there is no {VirtualKeyboard.Maker}: the kernel has no uinput, or its module is not loaded";
        var maker = LinuxFiles.TryOpen(VirtualKeyboard.Maker, LinuxFiles.ReadWrite | LinuxDevices.NonBlocking);
        if (maker < 0)
            return $"{VirtualKeyboard.Maker} may not be opened by this user";
        LinuxFiles.Close(maker);
        return Directory.Exists("/dev/input") ? null : "there is no /dev/input, where event devices are";
    }
}
