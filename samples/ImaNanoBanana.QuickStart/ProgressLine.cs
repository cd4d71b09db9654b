using System.Globalization;
using ImaNanoBanana;

namespace ImaNanoBanana.QuickStart;

/// <summary>
/// Shows a generation in the terminal: one line per step, and a single changing line while waiting if the terminal supports it.
/// </summary>
internal sealed class ProgressLine
{
    private bool _isLineOpen;

    public void Show(ImageProgress progress)
    {
        var text = progress.Stage switch
        {
            ImageStage.Preparing => "reading the product list",
            ImageStage.Uploading => "uploading the source images",
            ImageStage.Submitting => Text($"submitting one image for {progress.Credits} credits"),
            ImageStage.Accepted => $"accepted as task {progress.Task!.Id}",
            ImageStage.Generating =>
                Text($"generating {progress.Percent,3} %  {progress.Elapsed.TotalSeconds,4:0} s")
                    + Text($" of at most about {progress.Task!.MaxExpectedDuration?.TotalSeconds:0} s"),
            _ => Text($"ready after {progress.Elapsed.TotalSeconds:0} s"),
        };
        if (progress.Stage == ImageStage.Generating && !Console.IsOutputRedirected)
        {
            Console.Write("\r" + text);
            _isLineOpen = true;
            return;
        }

        CloseLine();
        Console.WriteLine(text);
    }

    public void ShowResult(ImageResult result, ImageDownload download)
    {
        CloseLine();
        Console.WriteLine($"saved    {Shown(download.Path!)}");
        Console.WriteLine($"model    {result.Task.ModelName} ({result.Task.Model})");
        Console.WriteLine(Text($"credits  {result.Task.Credits}"));
        Console.WriteLine(Text($"size     {result.Task.Size}, {download.Width} x {download.Height} pixels"));
        Console.WriteLine(Text($"seconds  {result.Elapsed.TotalSeconds:0.0}"));
        foreach (var adjustment in result.Adjustments)
        {
            Console.WriteLine($"note     {adjustment.Parameter} {adjustment.From} is not available; {adjustment.To} was submitted");
        }

        if (download.MatchesRequestedAspectRatio == false)
        {
            Console.WriteLine($"note     the image does not have the submitted aspect ratio {result.Task.AspectRatio}");
        }

        if (download.MatchesRequestedSize == false)
        {
            Console.WriteLine($"note     the image does not have the submitted size {result.Task.Size}");
        }
    }

    public void ShowError(string message, ImaChargeStatus charge, ImageTask? task)
    {
        CloseLine();
        Console.Error.WriteLine(message);
        Console.Error.WriteLine($"charge status: {charge.ToString().ToUpperInvariant()}");
        if (task is not null)
        {
            Console.Error.WriteLine($"task handle:   {task.ToHandle()}");
        }
    }

    /// <summary>Returns a relative path if the file is below the current folder.</summary>
    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private void CloseLine()
    {
        if (_isLineOpen)
        {
            Console.WriteLine();
            _isLineOpen = false;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
