namespace ImaNanoBanana.Samples;

/// <summary>What a delivered image has otherwise than it was ordered, in words. No error: the image is paid for. Pure.</summary>
internal static class DeliveryNotes
{
    /// <param name="name">How the image is called.</param>
    /// <param name="download">What was downloaded.</param>
    /// <param name="task">What was ordered.</param>
    public static IEnumerable<(string English, string Chinese)> Create(string name, ImageDownload download, ImageTask task)
    {
        if (download.MatchesRequestedAspectRatio == false)
        {
            yield return ($"{name} has another shape than was ordered", $"{name} 的比例与订单不符");
        }

        if (download.MatchesRequestedSize == false)
        {
            yield return (
                FormattableString.Invariant(
                    $"{name} has {download.Width} x {download.Height} pixels, another size than the {task.Size} that was ordered"),
                FormattableString.Invariant($"{name} 为 {download.Width} x {download.Height} 像素，与订购的尺寸 {task.Size} 不符"));
        }

        if (download.HasAnnouncedFormat == false)
        {
            yield return (
                $"{name} is {download.MediaType}, another format than the service named", $"{name} 的格式为 {download.MediaType}，与服务所述不符");
        }

        if (download.HasExtensionOfMediaType == false)
        {
            yield return ($"{name} holds {download.MediaType}, whatever its extension says", $"{name} 的内容为 {download.MediaType}，与扩展名不符");
        }
    }
}
