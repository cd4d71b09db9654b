using System.Globalization;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Saves the images of a result if requested, and prints the result.</summary>
internal sealed class ResultPrinter(Session session, string? output, FileConflictBehavior existing = FileConflictBehavior.Rename)
{
    /// <summary>
    /// The name, without an extension, under which images are saved in the current folder if no output is given; null not to save them.
    /// </summary>
    public string? DefaultName { get; init; }

    public bool IsSaving => (output ?? DefaultName) is not null;

    /// <summary>Whether the images are shown in the terminal too.</summary>
    public bool HasPreview { get; init; }

    /// <exception cref="StopException">Images could not be saved there.</exception>
    public void CheckOutput()
    {
        if (output is null)
        {
            if (DefaultName is not null && !WritableFolder.Takes(session.Host.Folder))
            {
                throw new StopException(ExitCode.Usage, session.Say[
                    "Cannot write to the current folder. Use -o PATH or --no-save. Nothing was submitted.",
                    "无法写入当前文件夹。请使用 -o PATH 或 --no-save。未提交请求。"]);
            }

            return;
        }

        var path = session.Host.FullPath(output);
        if (ImageFileName.IsTooLong(path))
        {
            throw new StopException(ExitCode.Usage, session.Say[
                $"'{output}' is too long for a file name. Nothing was submitted.", $"“{output}”超过了文件名长度限制。未提交请求。"]);
        }

        var folder = Path.EndsInDirectorySeparator(output) || Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? path;
        if (!WritableFolder.Takes(folder))
        {
            throw new StopException(ExitCode.Usage, session.Say[
                $"Cannot write to '{output}'. Nothing was submitted.", $"无法写入“{output}”。未提交请求。"]);
        }
    }

    /// <exception cref="UnsavedException">The images could not be saved, or the result could not be printed.</exception>
    public async Task PrintAsync(ImageResult result, CancellationToken cancellationToken)
    {
        var files = await SaveAsync(result, cancellationToken);
        try
        {
            Print(result, files);
            if (HasPreview)
            {
                await new Preview(session).ShowAsync(result, files, cancellationToken);
            }
        }
        catch (OutputException exception)
        {
            throw new UnsavedException(result, exception);
        }
    }

    private void Print(ImageResult result, IReadOnlyList<ImageDownload> files)
    {
        if (session.IsOriginalJson)
        {
            session.Screen.Result(
                JsonLine.Serialize(OriginalDocument.FromResult(result, files, session), json => json.OriginalDocument));
            return;
        }

        var document = ResultDocument.FromResult(result, files, session);
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize(document, json => json.ResultDocument));
            return;
        }

        var say = session.Say;
        session.Screen.Result(
        [
            (say["task", "任务"], document.TaskId),
            (say["model", "模型"], document.ModelName is null ? "?" : $"{document.ModelName} ({document.ModelId})"),
            (say["size", "尺寸"], string.Join(", ", new[] { document.Size, document.AspectRatio }.OfType<string>())),
            (say["credits", "积分"], document.Credit?.ToString(CultureInfo.InvariantCulture) ?? "?"),
            (say["seconds", "用时（秒）"], document.ElapsedSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
            .. document.Urls.Select(url => (say["image", "图片"], url)),
            .. document.Files.Select(file => (say["saved", "已保存"], $"{session.Host.Shown(file.Path)} ({file.Width} x {file.Height})")),
            .. document.Failures.Select(reason => (say["failed", "失败"], reason)),
            .. document.Notes.Select(note => (say["note", "注意"], note)),
        ]);
    }

    /// <returns>The files in the order of the images; empty if no output was requested.</returns>
    /// <exception cref="UnsavedException">The images could not be saved.</exception>
    public async Task<IReadOnlyList<ImageDownload>> SaveAsync(ImageResult result, CancellationToken cancellationToken)
    {
        if ((output ?? DefaultName) is not { } place)
        {
            return [];
        }

        var path = session.Host.FullPath(place);
        var save = new ImageSaveOptions { FileConflictBehavior = existing };
        try
        {
            if (output is null)
            {
                return await SaveByNameAsync(result, path, save, cancellationToken);
            }

            return result.Images.Count > 1 || Path.EndsInDirectorySeparator(output) || Directory.Exists(path)
                ? await session.Client.SaveAsync(result, path, save, cancellationToken)
                : [await session.Client.SaveAsync(result.Image, path, save, cancellationToken)];
        }
        catch (Exception exception) when (
            exception is ImaException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            throw new UnsavedException(result, exception);
        }
    }

    private async Task<IReadOnlyList<ImageDownload>> SaveByNameAsync(
        ImageResult result, string path, ImageSaveOptions save, CancellationToken cancellationToken)
    {
        // A folder with this name belongs to something else. An existing file gets a number anyway.
        var free = path;
        for (var number = 2; Directory.Exists(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{path}-{number}");
        }

        var files = new List<ImageDownload>();
        foreach (var image in result.Images)
        {
            files.Add(await session.Client.SaveAsync(image, free, save, cancellationToken));
        }

        return files;
    }
}
