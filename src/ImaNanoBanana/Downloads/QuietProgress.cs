using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Downloads;

/// <summary>Reports to an app's progress without letting it stand between the caller and what was bought.</summary>
internal static class QuietProgress
{
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Said in the documentation of the parameters: what an app's progress throws is ignored, the image is paid for.")]
    public static void Report(IProgress<ImageProgress>? progress, ImageProgress item)
    {
        try
        {
            progress?.Report(item);
        }
        catch (Exception)
        {
        }
    }
}
