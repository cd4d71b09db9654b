using ImaNanoBanana.Mcp.Answers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Files;

/// <summary>
/// Reads the source images. URLs are passed on. Local files are read only below the folders that a person allowed, because a file
/// that is uploaded has left the machine.
/// </summary>
internal sealed class InputReader(ServerSettings settings)
{
    private static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    private static readonly long MostBytes = new ImaNanoBananaOptions().MaxUploadBytes;

    /// <returns>The images; local images are in memory. Earlier images are placeholders.</returns>
    /// <exception cref="ToolException">An image may not be read or does not exist.</exception>
    public async Task<IReadOnlyList<ImageInput>> ReadAsync(
        IReadOnlyList<string> images,
        IReadOnlyList<EarlierImage?> earlier,
        McpServer server,
        CancellationToken cancellationToken)
    {
        var inputs = new List<ImageInput>();
        IReadOnlyList<string>? folders = null;
        for (var index = 0; index < images.Count; index++)
        {
            var image = images[index];
            if (earlier[index] is { } known)
            {
                inputs.Add(EarlierImage.Placeholder(known.Task, known.Number));
                continue;
            }

            if (DataUrl.IsDataUrl(image))
            {
                inputs.Add(ImageInput.FromBytes(Data(image)));
                continue;
            }

            if (IsAddress(image))
            {
                inputs.Add(ImageInput.FromUrl(image));
                continue;
            }

            if (settings.IsRemote)
            {
                throw NotOnThisMachine(image);
            }

            folders ??= await FoldersAsync(server, cancellationToken);
            inputs.Add(ImageInput.FromBytes(await BytesAsync(image, folders, cancellationToken)));
        }

        return inputs;
    }

    private static bool IsAddress(string image) =>
        image.Contains("://", StringComparison.Ordinal) && !image.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    private byte[] Data(string image)
    {
        if (DataUrl.Length(image) > DataUrl.MostBytes)
        {
            throw Unusable(image, settings.Say[
                $"An image in an argument can have at most {DataUrl.MostBytes} bytes. Pass a file or an https URL.",
                $"参数中的图片最多 {DataUrl.MostBytes} 字节，请改用文件或 https 地址。"]);
        }

        return DataUrl.Read(image)
            ?? throw Unusable(image, settings.Say["It is not a data: URL in base64.", "不是 base64 编码的 data: 地址。"]);
    }

    private async Task<byte[]> BytesAsync(string image, IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(LongestReading);
        try
        {
            var path = Uri.TryCreate(image, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : image;
            await using var file = await LocalFile.OpenBelowAsync(path, folders, inTime.Token) ?? throw Refused(image);
            if (file.Length > MostBytes)
            {
                throw Unusable(
                    image,
                    settings.Say[
                        $"It has {file.Length} bytes; at most {MostBytes} are allowed.", $"文件大小为 {file.Length} 字节，最多允许 {MostBytes} 字节。"]);
            }

            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, inTime.Token).AsTask().WaitAsync(inTime.Token);
            return bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable(image, settings.Say["There is no such file.", "文件不存在。"]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(image, exception.Message);
        }
        catch (ArgumentException)
        {
            throw Refused(image);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unusable(image, settings.Say["It could not be read in time.", "读取超时。"]);
        }
    }

    private async Task<IReadOnlyList<string>> FoldersAsync(McpServer server, CancellationToken cancellationToken) =>
        [.. settings.Files, .. await RootsAsync(server, cancellationToken)];

    /// <returns>The folders that the client works in, if it names them.</returns>
    private static async Task<IReadOnlyList<string>> RootsAsync(McpServer server, CancellationToken cancellationToken)
    {
        if (server.ClientCapabilities?.Roots is null)
        {
            return [];
        }

        try
        {
            var roots = await server.RequestRootsAsync(
                new ListRootsRequestParams(), cancellationToken).AsTask().WaitAsync(LongestAsking, cancellationToken);
            return [.. roots.Roots.Select(root => Uri.TryCreate(root.Uri, UriKind.Absolute, out var uri)
                && uri.IsFile ? uri.LocalPath : null).OfType<string>()];
        }
        catch (Exception exception) when (exception is McpException or InvalidOperationException or TimeoutException)
        {
            // A client that does not name its folders has none here.
            return [];
        }
    }

    private ToolException NotOnThisMachine(string image) => new(new ErrorFacts
    {
        Kind = nameof(ImaErrorKind.InvalidRequest),
        Reason = settings.Say[
            $"'{Echo.Value(image)}' is no URL, and the server has no access to the files of your machine. Nothing was submitted.",
            $"“{Echo.Value(image)}”不是网址，且服务器无法访问您计算机上的文件。未提交请求。"],
        Suggestion = settings.Say[
            "Pass an https URL, a data: URL in base64, or the task_id of an earlier image.",
            "请传入 https 地址、base64 编码的 data: 地址，或先前图片的 task_id。"],
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.Never,
        Parameter = "images",
    });

    private ToolException Refused(string image) => new(new ErrorFacts
    {
        Kind = nameof(ImaErrorKind.InvalidRequest),
        Reason = settings.Say[
            $"This server may not read '{Echo.Value(image)}': it is not in an allowed folder. "
                + "Nothing was uploaded and nothing was submitted.",
            $"此服务器无权读取“{Echo.Value(image)}”，因为它不在允许的文件夹中。未上传文件，也未提交请求。"],
        Suggestion = settings.Say[
            "Ask the person to start the server with --files FOLDER, or pass an https URL.",
            "请让用户使用 --files FOLDER 启动服务器，或传入 https:// 地址。"],
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.After,
        Parameter = "images",
    });

    private static ToolException Unusable(string image, string reason) => new(new ErrorFacts
    {
        Kind = nameof(ImaErrorKind.InvalidRequest),
        Reason = $"'{Echo.Value(image)}': {reason}",
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.Never,
        Parameter = "images",
    });
}
