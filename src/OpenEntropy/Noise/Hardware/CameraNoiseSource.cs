using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>How much the brightness of a camera's pixels changes from one frame to the next.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the luma of one pixel in a frame minus that in the frame before, lowest 2 bits. Frames go in pairs, each
/// in one pair; the pixels are the middle ones of squares of 8 by 8. A frame that equals the one before is in no pair.</para>
/// <para><b>Why it varies:</b> photon shot noise, and dark current, reset and read noise of the sensor; the still scene cancels out. A covered lens
/// leaves the sensor's own noise, as far as the camera does not cut it off as black. Denoising over time makes the two frames of a pair
/// alike and takes much of it away.</para>
/// <para><b>Virtual machine:</b> has no camera, or one that is handed in. <b>Container:</b> only where /dev/video* is handed in. <b>Co-tenant,
/// attacker:</b> one program at a time may stream, but whoever lights or fills the scene moves the differences, and the camera's maker and its
/// firmware must be trusted: a camera may as well play a film. Of the differences, which show what moves, the lowest 2 bits are kept, and no picture: this is no
/// <see cref="MeasuredSource"/>, so nothing wider can be recorded.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close gives the camera back; a source can be opened again.")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed class CameraNoiseSource : NoiseSource
{
    private const string Name = "camera_noise";
    private const string DeviceSetting = "Device";
    private const string DefaultDevice = "/dev/video0";
    private const int MostRepeats = 4; // in dim light some cameras hand out a frame twice to keep their rate
    private const int MostBroken = 8; // in one collection
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2); // the first frame comes after the sensor's power-up

    private readonly Func<string, VideoNode> _open;
    private readonly string _device;
    private V4l2Camera? _camera;
    private FramePairs? _pairs;

    /// <summary>Reads the setting; opens nothing yet.</summary>
    /// <param name="context">Gives the setting <c>Device</c>.</param>
    /// <exception cref="EntropyConfigurationException">The device is no absolute path.</exception>
    public CameraNoiseSource(NoiseContext context)
        : this(context, LinuxVideoNode.Open) { }

    /// <summary>Opens something else than the machine's devices.</summary>
    internal CameraNoiseSource(NoiseContext context, Func<string, VideoNode> open)
    {
        ArgumentNullException.ThrowIfNull(context);
        _open = open;
        _device = context.Setting(Name, DeviceSetting) ?? DefaultDevice;
        if (!Path.IsPathRooted(_device))
            throw new EntropyConfigurationException(
                $"{SourcesOptions.Section}:Settings:{Name}:{DeviceSetting}",
                $"\"{_device}\" is no absolute path; write {DefaultDevice} or the like"
            );
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = Name,
            Category = NoiseCategory.Hardware,
            Mechanism = "Difference of a camera's consecutive frames, pixel by pixel: photon shot noise and the sensor's own.",
            Digitization = "The lowest 2 bits of a pixel's luma in one frame minus that in the frame before: more would show what moves.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: no camera was assessed, and its firmware makes what it likes of the sensor's noise.",
            // A camera that denoises and cuts off black still changes one pixel in ten by a step: 0.15 bit. Of
            // two bits, whose values repeat every four steps, wider noise has more than that as well.
            TestMinEntropy = 0.15,
            OptIn = true,
            Private = true,
            // A first frame may take a second, and in dim light the frames of a pair half a second each.
            Deadline = TimeSpan.FromSeconds(5),
            Settings = [new(DeviceSetting, $"The absolute path of the camera's device. Default: {DefaultDevice}.")],
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => !File.Exists(_device) ? $"there is no camera: {_device} does not exist" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _camera = new V4l2Camera(_device, _open(_device));
        _pairs = new FramePairs(_camera.Start());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Collect(Span<byte> samples)
    {
        if (_camera is null || _pairs is null)
            throw new NoiseSourceException("no camera is open");
        var start = Stopwatch.GetTimestamp();
        for (var broken = 0; _pairs.IsEmpty; )
        {
            var left = s_patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !_camera.Wait(left))
                throw new NoiseSourceException($"the camera {_device} gave no two frames within {s_patience.TotalSeconds:0} s");
            var whole = _camera.Next(_pairs);
            if (whole && _pairs.Repeats > MostRepeats)
                throw new NoiseSourceException($"the camera {_device} repeats frames: {_pairs.Repeats + 1} in a row are the same");
            if (!whole && ++broken > MostBroken)
                throw new NoiseSourceException($"the camera {_device} gives broken or truncated frames only");
        }

        return _pairs.Take(samples);
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _camera?.Dispose();
        _pairs?.Clear();
        _camera = null;
        _pairs = null;
    }
}
