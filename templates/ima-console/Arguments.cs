namespace ImaConsoleApp;

/// <summary>The command line.</summary>
/// <param name="Prompt">What the image shows; null to only continue unfinished images.</param>
/// <param name="Key">The idempotency key; null for a new one.</param>
/// <param name="Folder">The folder of the images.</param>
internal sealed record Arguments(string? Prompt, string? Key, string Folder)
{
    public const string Usage = """
        Usage: dotnet run -- ["what the image shows"] [--key KEY] [--output FOLDER]
          --key KEY          the same key never costs twice: it returns the image of the first run
          --output FOLDER    where to save the image; default: out
        Without a prompt, it saves the images that an earlier run did not finish. If IMA_API_KEY is set, an image costs credits.
        """;

    private const string DefaultFolder = "out";

    /// <returns>Null if the command line is not valid.</returns>
    public static Arguments? Parse(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(null, null, DefaultFolder);
        for (var index = 0; index < args.Count; index++)
        {
            var value = index + 1 < args.Count ? args[index + 1] : null;
            switch (args[index])
            {
                case "--key" when !string.IsNullOrWhiteSpace(value):
                    arguments = arguments with { Key = value };
                    index++;
                    break;
                case "--output" when !string.IsNullOrWhiteSpace(value):
                    arguments = arguments with { Folder = value };
                    index++;
                    break;
                case var word when arguments.Prompt is null && !word.StartsWith('-') && !string.IsNullOrWhiteSpace(word):
                    arguments = arguments with { Prompt = word };
                    break;
                default:
                    return null;
            }
        }

        return arguments.Key is not null && arguments.Prompt is null ? null : arguments;
    }
}
