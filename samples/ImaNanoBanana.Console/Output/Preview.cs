using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Shows the images of a result in the terminal (<c>--preview</c>). Never writes to a file or a pipe, and never fails a command,
/// because the images were charged and delivered.
/// </summary>
internal sealed class Preview(Session session)
{
    /// <summary>More bytes than this would block a slow terminal for a long time.</summary>
    private const int MostBytes = 24_000_000;

    public async Task ShowAsync(ImageResult result, IReadOnlyList<ImageDownload> files, CancellationToken cancellationToken)
    {
        if (session.IsJson || session.Host.IsOutputRedirected)
        {
            return;
        }

        var protocol = TerminalPicture.Protocol(session.Host.Variable);
        if (protocol == PictureProtocol.None)
        {
            session.Screen.Note(session.Say[
                "This terminal is not known to show pictures. --preview works in kitty, Ghostty, iTerm2, WezTerm and mintty, without tmux.",
                "未检测到可显示图片的终端。--preview 支持 kitty、Ghostty、iTerm2、WezTerm 和 mintty（tmux 除外）。"]);
            return;
        }

        for (var index = 0; index < result.Images.Count; index++)
        {
            var file = index < files.Count ? files[index].Path : null;
            if (await BytesAsync(result.Images[index], file, cancellationToken) is { Length: > 0 and <= MostBytes } bytes
                && TerminalPicture.Encode(protocol, bytes) is { } picture)
            {
                session.Screen.Raw(picture);
            }
            else
            {
                session.Screen.Note(session.Say["The terminal cannot show this picture.", "终端无法显示该图片。"]);
            }
        }
    }

    private async Task<byte[]?> BytesAsync(GeneratedImage image, string? file, CancellationToken cancellationToken)
    {
        try
        {
            if (file is not null)
            {
                return await File.ReadAllBytesAsync(file, cancellationToken);
            }

            using var bytes = new MemoryStream();
            await session.Client.DownloadAsync(image, bytes, cancellationToken);
            return bytes.ToArray();
        }
        catch (Exception exception) when (
            exception is ImaException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
