using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima upload</c>.</summary>
internal sealed class UploadCommand(CliOptions options, Argument<string> file)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var path = session.Parsed.GetRequiredValue(file);
        var client = session.Client;
        var image = path == StandardInput.Name
            ? ImageInput.FromBytes(await new StandardInput(session).BytesAsync(cancellationToken))
            : new RequestReader(options, session).LocalImage(path);
        var url = await client.UploadAsync(image, cancellationToken);
        session.Screen.Result(session.IsJson
            ? JsonLine.Serialize(new UploadDocument(path, url.AbsoluteUri), json => json.UploadDocument)
            : url.AbsoluteUri);
        return ExitCode.Ok;
    }
}
