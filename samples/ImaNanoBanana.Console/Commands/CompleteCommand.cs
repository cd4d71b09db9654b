using System.CommandLine;
using System.CommandLine.Completions;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>
/// <c>ima complete</c>, for the scripts of the shells: prints what may follow at the end of a command line. Submits nothing.
/// </summary>
internal sealed class CompleteCommand(RootCommand root, Argument<string> line)
{
    public Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var text = session.Parsed.GetRequiredValue(line).TrimStart();

        // The name of the program comes first.
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        text = space < 0 ? "" : text[(space + 1)..];
        var word = text[(text.LastIndexOf(' ') + 1)..];
        foreach (var item in root.Parse(text).GetCompletions(text.Length).Where(item => IsShown(item, word)))
        {
            session.Screen.Raw(item.Detail is { } detail ? $"{item.Label}\t{detail.ReplaceLineEndings(" ")}" : item.Label);
        }

        return Task.FromResult(ExitCode.Ok);
    }

    /// <summary>Options are suggested after a dash, so that they do not hide commands and files.</summary>
    private static bool IsShown(CompletionItem item, string word) => item.Label.StartsWith(word, StringComparison.Ordinal)
        && (item.Label[0] != '-' || word.StartsWith('-')) && item.Label is not ("/h" or "/?" or "-?");
}
