using System.Globalization;
using ImaNanoBanana.Samples;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>
/// Turns a result into the answer for the client: always links, and files and image content if they are enabled. An error here
/// becomes a warning, because the images are charged and their links are available.
/// </summary>
internal sealed class ImageDelivery(ImageService images, SavedImages saves, ServerSettings settings, TimeProvider time)
{
    /// <summary>Together with the wait before it, this stays below the 60 s timeout of many clients.</summary>
    private static readonly TimeSpan LongestDownload = TimeSpan.FromSeconds(10);

    public async Task<Delivered> DeliverAsync(ImageResult result, bool? isRepeated, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(LongestDownload, time);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var (facts, warnings, links, contents) = (
            new List<ImageFacts>(), TaskAnswers.Warnings(result.Task, settings.Say), new List<ContentBlock>(), new List<ContentBlock>());
        var room = AnswerPacker.ImageBytes(settings.InlineBytes, settings.AnswerCharacters);
        for (var index = 0; index < result.Images.Count; index++)
        {
            var image = result.Images[index];
            var name = Name(result.Task.Id, result.Images.Count == 1 ? null : index + 1);
            var saved = settings.SaveFolder is { } folder
                ? await SaveAsync(image, Path.Combine(folder, name), result.Task.Id, warnings, inTime.Token)
                : null;
            var content = room > 0 ? await ContentAsync(image, saved, room, warnings, inTime.Token) : null;
            if (content is { } bytes)
            {
                room -= bytes.Bytes.Length;
                contents.Add(ImageContentBlock.FromBytes(bytes.Bytes, bytes.Download.MediaType));
            }

            var download = saved ?? content?.Download;
            if (download is not null)
            {
                warnings.AddRange(
                    DeliveryNotes.Create(saved?.Path ?? name, download, result.Task).Select(
                        note => settings.Say[note.English, note.Chinese] + settings.Say[".", "。"]));
            }

            facts.Add(new ImageFacts
            {
                Url = image.Url.OriginalString,
                Path = saved?.Path,
                Width = download?.Width ?? image.Width,
                Height = download?.Height ?? image.Height,
                MediaType = download?.MediaType,
            });
            links.Add(new ResourceLinkBlock { Uri = image.Url.OriginalString, Name = name, MimeType = download?.MediaType });
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new Delivered(Answer(result, isRepeated, facts, warnings), [.. links, .. contents]);
    }

    private ImageAnswer Answer(ImageResult result, bool? isRepeated, List<ImageFacts> facts, List<string> warnings) =>
        TaskAnswers.FromTask(result.Task, images.IsSimulated) with
        {
            Status = ImageAnswer.Ready,
            AlreadySubmitted = isRepeated,
            Percent = 100,
            ElapsedSeconds = Math.Round(result.Elapsed.TotalSeconds, 1),
            Images = facts,
            Failures = result.Failures.Count + result.MissingCount == 0 ? null : [.. Undelivered(result)],
            Adjustments = TaskAnswers.Adjustments(result.Adjustments, settings.Say),
            Warnings = warnings.Count == 0 ? null : warnings,
        };

    private IEnumerable<string> Undelivered(ImageResult result)
    {
        var notListed = settings.Say[
            "the service had not listed this image when the wait ended; get the task again later",
            "等待结束时，服务仍未返回这张图片；请稍后再次查询该任务"];
        return result.Failures.Select(failure => failure.Reason).Concat(Enumerable.Repeat(notListed, result.MissingCount));
    }

    private async Task<ImageDownload?> SaveAsync(
        GeneratedImage image, string path, string handle, List<string> warnings, CancellationToken cancellationToken)
    {
        try
        {
            return await saves.SaveAsync(image, path, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            warnings.Add(settings.Say[
                $"Still saving to {path}. Call get_image_task with handle \"{handle}\" for the file, or use the link.",
                $"仍在保存到 {path}。请调用 get_image_task，并将 handle 设为“{handle}”以获取文件，或使用链接。"]);
            return null;
        }
        catch (Exception exception) when (
            exception is ImaException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            warnings.Add(settings.Say[
                $"Not saved ({Reason(exception)}). Use the link.",
                $"未保存（{Reason(exception)}）。可通过链接获取图片。"]);
            return null;
        }
    }

    /// <returns>The bytes; null if there is no room for them or they could not be downloaded.</returns>
    private async Task<(byte[] Bytes, ImageDownload Download)?> ContentAsync(
        GeneratedImage image, ImageDownload? saved, long room, List<string> warnings, CancellationToken cancellationToken)
    {
        using var tooLarge = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (saved is not null)
            {
                return saved.Length <= room ? (await File.ReadAllBytesAsync(saved.Path!, cancellationToken), saved) : null;
            }

            if (settings.SaveFolder is not null)
            {
                // Saving it failed a moment ago, and there is already a warning.
                return null;
            }

            using var memory = new LimitedStream(room, tooLarge);
            var download = await images.Client.DownloadAsync(image, memory, tooLarge.Token);
            return (memory.ToArray(), download);
        }
        catch (OperationCanceledException) when (tooLarge.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (
            exception is ImaException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            warnings.Add(settings.Say[
                $"Not shown here ({Reason(exception)}). Use the link.",
                $"未能在此显示（{Reason(exception)}）。可通过链接获取图片。"]);
            return null;
        }
    }

    private static string Reason(Exception exception) => exception is OperationCanceledException ? "10 s" : exception.Message.TrimEnd('.');

    /// <summary>A caller can pass any text as a task id, so it must be made a valid file name.</summary>
    private static string Name(string taskId, int? number) =>
        ImageFileName.FromText(taskId) + (number is { } one ? one.ToString("'-'0", CultureInfo.InvariantCulture) : "");
}
