namespace ImaNanoBanana.Cli.Output;

/// <summary>Draws a progress bar. Pure.</summary>
internal static class Bar
{
    private const int Cells = 20;

    /// <param name="part">What is done.</param>
    /// <param name="whole">What there is to do.</param>
    public static string Draw(int part, int whole)
    {
        var full = whole == 0 ? 0 : Math.Clamp(part * Cells / whole, 0, Cells);
        return $"[{new string('#', full)}{new string('.', Cells - full)}]";
    }
}
