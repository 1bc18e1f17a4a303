using System.Text;
using OpenEntropy.Continuity;
using Xunit;

namespace OpenEntropy.Tests.Continuity;

public sealed class VmGenerationWatchTests
{
    /// <summary>Events as the kernel sends them (lib/kobject_uevent.c): a header, then variables, each ended by a zero byte; here by '|'.</summary>
    [Theory]
    [InlineData("change@/devices/LNXSYSTM:00/QEMUVGID:00|ACTION=change|DEVPATH=/devices/LNXSYSTM:00|NEW_VMGENID=1|SEQNUM=12|", true)]
    [InlineData("change@/devices/x|ACTION=change|NEW_VMGENID=1", true)]
    [InlineData("change@/devices/x|ACTION=change|SEQNUM=12|", false)]
    [InlineData("change@/devices/NEW_VMGENID=1|ACTION=change|", false)]
    [InlineData("change@/devices/x|OLD_NEW_VMGENID=1|", false)]
    [InlineData("change@/devices/x|NEW_VMGENID|", false)]
    [InlineData("change@/devices/x|new_vmgenid=1|", false)]
    [InlineData("|||", false)]
    [InlineData("", false)]
    public void Announces_OfAnEvent_FindsTheVariable(string message, bool announces) =>
        Assert.Equal(announces, VmGenerationWatch.Announces(Encoding.ASCII.GetBytes(message.Replace('|', '\0'))));

    [Theory]
    [InlineData(4, false)] // EINTR
    [InlineData(11, false)] // EAGAIN: the time-out
    [InlineData(105, false)] // ENOBUFS
    [InlineData(9, true)] // EBADF
    [InlineData(88, true)] // ENOTSOCK
    [InlineData(107, true)] // ENOTCONN
    public void IsFatal_OfAnError_OnlyWhereAnotherAttemptMayDoBetterItGoesOn(int error, bool fatal) =>
        Assert.Equal(fatal, VmGenerationWatch.IsFatal(error));
}
