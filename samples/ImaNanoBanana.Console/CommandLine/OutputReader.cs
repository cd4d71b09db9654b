using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Reads where the images of a command are saved.</summary>
internal static class OutputReader
{
    /// <param name="options">The options.</param>
    /// <param name="session">The session.</param>
    /// <param name="defaultName">The name of an image in the current folder if no path is given; null for the name of its task.</param>
    /// <returns>The printer, which saves nothing with <c>--no-save</c>, nor without a path if the original program runs.</returns>
    /// <exception cref="StopException">The options contradict each other.</exception>
    public static ResultPrinter Read(CliOptions options, Session session, string? defaultName = null)
    {
        var path = session.Parsed.GetValue(options.Output);
        var isRefused = session.Parsed.GetValue(options.NoSave);
        if (path is not null && isRefused)
        {
            throw new StopException(ExitCode.Usage, session.Say[
                "--no-save and --output contradict each other. Nothing was submitted.", "--no-save 与 --output 不能同时使用。未提交请求。"]);
        }

        var isNamedHere = path is null && !session.IsOriginal && !isRefused;
        return new ResultPrinter(session, isNamedHere && defaultName is null ? CurrentFolder : path)
        {
            DefaultName = isNamedHere ? defaultName : null,
            HasPreview = session.Parsed.GetValue(options.Preview),
        };
    }

    /// <summary>A path that names a folder, so that the images are named after their task.</summary>
    private static string CurrentFolder => "." + Path.DirectorySeparatorChar;
}
