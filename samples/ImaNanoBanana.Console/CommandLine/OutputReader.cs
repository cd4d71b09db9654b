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
        if (path is null)
        {
            var isSaved = !session.IsOriginal && !session.Parsed.GetValue(options.NoSave);
            return isSaved && defaultName is null
                ? new ResultPrinter(session, CurrentFolder)
                : new ResultPrinter(session, null) { DefaultName = isSaved ? defaultName : null };
        }

        return session.Parsed.GetValue(options.NoSave)
            ? throw new StopException(ExitCode.Usage, session.Say[
                "--no-save and --output contradict each other. Nothing was submitted.", "--no-save 与 --output 不能同时使用。未提交请求。"])
            : new ResultPrinter(session, path);
    }

    /// <summary>A path that names a folder, so that the images are named after their task.</summary>
    private static string CurrentFolder => "." + Path.DirectorySeparatorChar;
}
