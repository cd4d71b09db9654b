namespace ImaNanoBanana.Samples;

/// <summary>Describes how a delivered image differs from the request. This is not an error, because the image was charged. Pure.</summary>
internal static class DeliveryNotes
{
    /// <param name="name">The displayed name of the image.</param>
    /// <param name="download">The downloaded image.</param>
    /// <param name="task">The submitted task.</param>
    public static IEnumerable<(string English, string Chinese)> Create(string name, ImageDownload download, ImageTask task)
    {
        if (download.MatchesRequestedAspectRatio == false)
        {
            yield return ($"{name} does not have the submitted aspect ratio", $"{name} 的比例与请求不符");
        }

        if (download.MatchesRequestedSize == false)
        {
            yield return (
                FormattableString.Invariant(
                    $"{name} has {download.Width} x {download.Height} pixels, which is not the submitted size {task.Size}"),
                FormattableString.Invariant($"{name} 为 {download.Width} x {download.Height} 像素，与请求的尺寸 {task.Size} 不符"));
        }

        if (download.MatchesReportedFormat == false)
        {
            yield return (
                $"{name} is {download.MediaType}, which is not the format that the service reported",
                    $"{name} 的格式为 {download.MediaType}，与服务声明的格式不符");
        }

        if (download.ExtensionMatchesMediaType == false)
        {
            yield return (
                $"{name} contains {download.MediaType}, which does not match its extension",
                $"{name} 的实际格式为 {download.MediaType}，与扩展名不符");
        }
    }
}
