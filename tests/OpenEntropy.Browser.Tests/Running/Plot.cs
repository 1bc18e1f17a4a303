using Microsoft.Playwright;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>What is drawn in the graph of entropy.</summary>
internal static class Plot
{
    // The columns of the canvas that hold the colour which the legend gives a line.
    private const string Columns = """
        name => {
          const canvas = document.querySelector('#plot canvas');
          if (!canvas || canvas.width === 0) {
            return 0;
          }

          const wanted = getComputedStyle(document.querySelector(`#graph-legend .key.${name}`)).borderTopColor.match(/\d+/g).map(Number);
          // Of a copy: a canvas that is read is drawn more slowly from then on, and the browser warns of it.
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data, width, height } = copy.getImageData(0, 0, canvas.width, canvas.height);
          let columns = 0;
          for (let x = 0; x < width; x++) {
            for (let y = 0; y < height; y++) {
              const at = 4 * (y * width + x);
              if (data[at + 3] > 200 && [0, 1, 2].every(i => Math.abs(data[at + i] - wanted[i]) < 24)) {
                columns++;
                break;
              }
            }
          }

          return columns;
        }
        """;

    /// <summary>Has the measure drawn in which the two lines lie apart: of few bytes it stays well below that of many.</summary>
    /// <param name="page">The page.</param>
    public static Task ChooseMinEntropyAsync(IPage page) =>
        page.GetByRole(AriaRole.Radio, new() { Name = "Min-entropy", Exact = true }).CheckAsync();

    /// <summary>How wide a line is drawn, in columns of the canvas that hold its colour.</summary>
    /// <param name="page">The page.</param>
    /// <param name="line"><c>raw</c> or <c>conditioned</c>.</param>
    public static Task<int> WidthAsync(IPage page, string line) => page.EvaluateAsync<int>(Columns, line);

    /// <summary>Waits until a line is drawn at least so wide.</summary>
    /// <param name="page">The page.</param>
    /// <param name="line"><c>raw</c> or <c>conditioned</c>.</param>
    /// <param name="columns">Columns of the canvas.</param>
    public static Task UntilWidthAsync(IPage page, string line, int columns) =>
        page.WaitForFunctionAsync(
            $"([line, columns]) => ({Columns})(line) >= columns",
            new object[] { line, columns },
            new() { PollingInterval = 200 } // to look at every point costs
        );
}
