using System.CommandLine;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Converts the options of a command line into a request. Unknown values are left for the SDK to reject.</summary>
internal sealed class RequestReader(CliOptions options, Session session)
{
    private const string FileScheme = "file:/";

    private readonly StandardInput _input = new(session);

    public async Task<ImageRequest> ReadAsync(
        IReadOnlyList<string>? words,
        IReadOnlyList<string>? images,
        ImageTaskType? type = null,
        CancellationToken cancellationToken = default)
    {
        var parsed = session.Parsed;
        var inputs = new List<ImageInput>();
        foreach (var image in images ?? [])
        {
            inputs.Add(
                image == StandardInput.Name ? ImageInput.FromBytes(await _input.BytesAsync(cancellationToken)) : Image(image));
        }

        var request = new ImageRequest(await new PromptReader(options, session, _input).ReadAsync(words, cancellationToken))
        {
            ModelVersion = parsed.GetValue(options.Version),
            Count = parsed.GetValue(options.Count),
            MaxCredits = parsed.GetValue(options.MaxCredits),
            AllowSmallerSize = parsed.GetValue(options.AllowSmaller),
            IdempotencyKey = parsed.GetValue(options.IdempotencyKey),
            Images = inputs,
            TaskType = type,
            Language = session.Say.Language,
        };
        if (parsed.GetValue(options.Parameters) is { } parameters)
        {
            request = request with { Parameters = ImageParameters.Parse(parameters) };
        }

        return RequestWords.Apply(request, parsed.GetValue(options.Model), parsed.GetValue(options.Size), parsed.GetValue(options.Ratio));
    }

    public ImageInput Image(string image) => image.Contains("://", StringComparison.Ordinal) && !IsFileAddress(image)
        ? ImageInput.FromUrl(image)
        : LocalImage(image);

    /// <param name="image">A path or the address of a local file.</param>
    public ImageInput LocalImage(string image) =>
        ImageInput.FromFile(IsFileAddress(image) ? LocalPath(image) : session.Host.FullPath(image));

    private static bool IsFileAddress(string image) => image.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase);

    private string LocalPath(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile && uri.IsLoopback
            ? uri.LocalPath
            : throw new StopException(ExitCode.Usage, session.Say[
                $"'{address}' is not a file on this machine. Use file:///FOLDER/FILE or the path itself. Nothing was submitted.",
                $"“{address}”不是本机上的文件。请使用 file:///文件夹/文件 或直接使用路径。未提交请求。"]);
}
