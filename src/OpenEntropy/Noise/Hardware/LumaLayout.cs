namespace OpenEntropy.Noise.Hardware;

/// <summary>Where the luma of a frame's pixels stands, and the fixed walk over some of them.</summary>
/// <param name="Width">Pixels per line.</param>
/// <param name="Height">Lines.</param>
/// <param name="BytesPerPixel">2 (YUYV) or 1 (GREY); a pixel's luma is its first byte.</param>
/// <param name="BytesPerLine">From a line's beginning to the next one's, padding included.</param>
internal readonly record struct LumaLayout(int Width, int Height, int BytesPerPixel, int BytesPerLine)
{
    /// <summary>
    /// The walk takes the middle pixel of each square of 8 by 8: the colour filter's interpolation, sharpening and denoising make pixels alike that
    /// are nearer, and what compression a camera hides behind raw formats works on squares of this size.
    /// </summary>
    private const int Square = 8;
    private const int Largest = 16_384; // pixels in either direction

    /// <summary>Pixels of the walk.</summary>
    public int Pixels => (Width / Square) * (Height / Square);

    /// <summary>Bytes of a whole frame; the last line may lack its padding.</summary>
    public int FrameBytes => ((Height - 1) * BytesPerLine) + (Width * BytesPerPixel);

    /// <summary>Why frames like this cannot be read, in one clause; null where they can.</summary>
    public string? WhyUnusable() =>
        Width is < Square or > Largest || Height is < Square or > Largest ? $"its frames have {Width} by {Height} pixels"
        : BytesPerLine < Width * BytesPerPixel || BytesPerLine > 8 * Largest ? $"its lines of {Width} pixels have {BytesPerLine} bytes"
        : null;

    /// <summary>Reads the luma of the walk's pixels, line by line.</summary>
    /// <param name="frame">At least <see cref="FrameBytes"/> bytes.</param>
    /// <param name="luma">Receives <see cref="Pixels"/> bytes.</param>
    public void Read(ReadOnlySpan<byte> frame, Span<byte> luma)
    {
        var next = 0;
        for (var row = 0; row < Height / Square; row++)
        {
            var line = frame.Slice(((row * Square) + (Square / 2)) * BytesPerLine, Width * BytesPerPixel);
            for (var column = 0; column < Width / Square; column++)
                luma[next++] = line[((column * Square) + (Square / 2)) * BytesPerPixel];
        }
    }
}
