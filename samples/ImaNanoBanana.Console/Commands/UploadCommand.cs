using System.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima upload</c>.</summary>
internal sealed class UploadCommand(Argument<string> file)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var path = session.Parsed.GetRequiredValue(file);
        var url = await session.Client.UploadAsync(ImageInput.FromFile(session.Host.FullPath(path)), cancellationToken);
        session.Screen.Result(session.IsJson
            ? JsonLine.Serialize(new UploadDocument(path, url.AbsoluteUri), json => json.UploadDocument)
            : url.AbsoluteUri);
        return ExitCode.Ok;
    }
}
