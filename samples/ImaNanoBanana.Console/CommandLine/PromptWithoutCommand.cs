using System.Text;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>
/// Recognizes a prompt without a command, such as <c>ima "a cute puppy"</c>. It is not submitted, because a mistyped command must not
/// cost credits.
/// </summary>
internal static class PromptWithoutCommand
{
    /// <param name="words">The words of the command line, none of which is an option.</param>
    /// <param name="say">The language.</param>
    /// <returns>What to run instead; null if the words are something else.</returns>
    public static string? Find(IReadOnlyList<string> words, Wording say)
    {
        var prompt = string.Join(' ', words);
        if (!prompt.Any(char.IsWhiteSpace) && Ascii.IsValid(prompt))
        {
            // A single word is more likely a mistyped command.
            return null;
        }

        var command = $"ima generate {ShellText.Quoted(UntrustedText.Clean(prompt))}";
        return say[
            $"This looks like a prompt. Nothing was submitted. To generate the image, run:\n  {command}",
            $"这看起来是图片描述。未提交请求。要生成图片，请运行：\n  {command}"];
    }
}
