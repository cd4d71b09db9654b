using System.CommandLine;
using System.CommandLine.Parsing;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Defines every option once. The commands share them.</summary>
/// <param name="say">The language of the descriptions.</param>
/// <param name="literals">The number of arguments after <c>--</c>, which are never options.</param>
internal sealed class CliOptions(Wording say, int literals = 0)
{
    /// <summary>The name of the original command-line program for <see cref="Json"/>.</summary>
    public const string OriginalJson = "--output-json";

    public int Literals => literals;

    // The options of every command.
    public Option<string> ApiKey { get; } = new("--api-key")
    {
        Recursive = true,
        HelpName = "KEY",
        Description = say["the API key, instead of IMA_API_KEY; visible in process lists", "API 密钥，优先于 IMA_API_KEY；会出现在进程列表中"],
    };

    public Option<string> Language { get; } = Among(new("--language")
    {
        Recursive = true,
        HelpName = "en|zh",
        Description = say["language of messages and model names", "文本和模型名称的语言"],
    }, "en", "zh");

    public Option<bool> Json { get; } = new("--json", OriginalJson)
    {
        Recursive = true,
        Description = say["write only JSON to standard output", "标准输出仅包含 JSON"],
    };

    public Option<bool> Simulate { get; } = new("--simulate")
    {
        Recursive = true,
        Description = say["use the built-in simulator: placeholder images, no credits", "使用内置模拟器：占位图片，不消耗积分"],
    };

    public Option<string> SimulatorAddress { get; } = new("--simulator-at")
    {
        Recursive = true,
        HelpName = "URL",
        Description = say[
            "use a simulator that `ima simulator` runs on this machine; also IMA_SIMULATOR",
            "使用本机上 `ima simulator` 提供的模拟器；也可设置 IMA_SIMULATOR"],
    };

    public Option<string> Journal { get; } = new("--journal")
    {
        Recursive = true,
        HelpName = "FOLDER",
        Description = say[
            "folder of the task journal; default: ima-nano-banana/journal in the folder for program data",
            "任务日志的文件夹；默认为程序数据文件夹中的 ima-nano-banana/journal"],
    };

    public Option<bool> NoJournal { get; } = new("--no-journal")
    {
        Recursive = true,
        Description = say["do not record tasks in the journal; `ima resume` cannot find them", "不写入任务日志；`ima resume` 将无法找回任务"],
    };

    public Option<double?> Timeout { get; } = new("--timeout")
    {
        Recursive = true,
        CustomParser = result =>
            NumberOption.Read(result, 1d, 86400, say["--timeout must be 1 to 86400 seconds.", "--timeout 的取值范围为 1 到 86400 秒。"]),
        HelpName = "SECONDS",
        Description = say[
            "how long to wait for an image (default 600); the task continues after that", "等待图片的最长时间（默认 600 秒）；超时后任务仍会继续"],
    };

    // The request.
    public Option<string> Prompt { get; } = new("--prompt")
    {
        HelpName = "TEXT",
        Description = say["what the image shows; - reads standard input", "图片描述；- 表示标准输入"],
    };

    public Option<string> PromptFile { get; } = new("--prompt-file")
    {
        HelpName = "FILE",
        Description = say["a UTF-8 text file that contains the prompt", "包含图片描述的 UTF-8 文本文件"],
    };

    public Option<string> Model { get; } = new("--model", "--model-id")
    {
        HelpName = "WORDS",
        Description = say[
            "a model id or words: Nano Banana 2 (default), Pro, cheapest, \"best 4K landscape\"",
            "模型 ID 或关键词：Nano Banana 2（默认）、Pro、最便宜、\"最好的 4K 横图\""],
    };

    public Option<string> Version { get; } =
        new("--version-id") { HelpName = "ID", Description = say["version of the model; default: the current one", "模型版本；默认为当前版本"] };

    public Option<string> Size { get; } = new("--size") { HelpName = "SIZE", Description = say["512px, 1K, 2K or 4K", "512px、1K、2K 或 4K"] };

    public Option<string> Ratio { get; } =
        new("--aspect-ratio") { HelpName = "W:H", Description = say["for example 16:9 or portrait", "16:9、竖图等"] };

    public Option<int?> Count { get; } =
        new("--count", "-n") { HelpName = "N", Description = say["number of images; each is charged separately", "图片数量；每张单独计价"] };

    public Option<string> Parameters { get; } = new("--extra-params")
    {
        HelpName = "JSON",
        Description = say["additional parameters as a JSON object: {\"aspect_ratio\":\"1:1\"}", "其他参数，JSON 对象：{\"aspect_ratio\":\"1:1\"}"],
    };

    public Option<string[]> Images { get; } = new("--image", "-i")
    {
        HelpName = "FILE|URL",
        Description = say["a source image; can be repeated; - reads standard input", "参考图片；可重复指定；- 表示标准输入"],
    };

    public Option<string[]> InputImages { get; } = Checked(new("--input-images")
    {
        HelpName = "FILE|URL...",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.ZeroOrMore,
        Description = say["source images, several at once or one per option", "参考图片；可一次指定多张，也可重复指定"],
    }, say, literals);

    public Option<string> TaskType { get; } = Among(new("--task-type")
    {
        HelpName = "TYPE",
        Description = say["text_to_image or image_to_image; default: depends on the images", "text_to_image 或 image_to_image；默认根据有无参考图片确定"],
    }, "text_to_image", "image_to_image");

    public Option<decimal?> MaxCredits { get; } = new("--max-credits")
    {
        HelpName = "N",
        Description = say["reject the request before it is sent if it costs more", "积分上限；不会提交超过上限的请求"],
    };

    public Option<bool> AllowSmaller { get; } = new("--allow-smaller")
    {
        Description = say["submit a smaller size if the service cannot process this one", "服务无法处理该尺寸时，改用更小的尺寸"],
    };

    public Option<string> IdempotencyKey { get; } = new("--idempotency-key")
    {
        HelpName = "KEY",
        Description = say["your unique key for this request; the journal never charges the same key twice", "幂等键；任务日志可避免同一键重复扣费"],
    };

    public Option<string> User { get; } =
        new("--user-id") { HelpName = "ID", Description = say["user whose model preference is used and saved", "用户 ID；使用并保存该用户的模型首选项"] };

    public Option<bool> RememberModel { get; } = new("--remember-model")
    {
        Description = say["use the model that this user used last, and remember this one", "使用该用户上次使用的模型，并记住本次的模型"],
    };

    public Option<bool> LogPrompts { get; } =
        new("--log-prompts") { Description = say["write the prompt to the log; by default it is not logged", "在日志中记录提示词；默认不记录"] };

    // The result.
    public Option<string> Output { get; } = new("--output", "-o")
    {
        HelpName = "PATH",
        Description = say[
            "where to save the image; a folder if it ends in /, if it is a folder, or for several images",
                "图片的保存路径；以 / 结尾、为现有文件夹或有多张图片时视为文件夹"],
    };

    public Option<bool> NoSave { get; } = new("--no-save")
    {
        Description = say["only print the URL of the image; by default it is saved in the current folder", "仅输出图片地址；默认保存到当前文件夹"],
    };

    public Option<bool> Narrate { get; } = new("--narrate")
    {
        Description = say["write chat messages to standard output", "将聊天消息写入标准输出"],
    };

    public Option<bool> ListModels { get; } = new("--list-models") { Description = say["show the price list", "显示价目表"] };

    public IReadOnlyList<Option> OfEveryCommand => [ApiKey, Language, Json, Simulate, SimulatorAddress, Journal, NoJournal, Timeout];

    public IReadOnlyList<Option> OfARequest =>
        [Model, Version, Size, Ratio, Count, Parameters, MaxCredits, AllowSmaller, IdempotencyKey, User, LogPrompts];

    /// <summary>The options of a request that have no counterpart in the original command-line program.</summary>
    public IReadOnlyList<Option> OfARequestCommand => [Prompt, PromptFile, .. OfARequest, RememberModel];

    public Option<bool> Preview { get; } = new("--preview")
    {
        Description = say[
            "show a small picture in the terminal (kitty, Ghostty, iTerm2, WezTerm, mintty)",
            "在终端中显示小图（kitty、Ghostty、iTerm2、WezTerm、mintty）"],
    };

    public IReadOnlyList<Option> OfAResult => [Output, NoSave, Narrate, Preview];

    /// <summary>
    /// Rejects unknown options. Otherwise, a misspelled option would be read as one of several values and submitted as part of the prompt.
    /// A single hyphen stands for standard input.
    /// </summary>
    /// <param name="say">The language of the message.</param>
    /// <param name="literals">The number of arguments after <c>--</c>. They come last.</param>
    public static Action<SymbolResult> RefuseUnknownOptions(Wording say, int literals) => result =>
    {
        var command = result;
        while (command.Parent is { } parent && command is not CommandResult)
        {
            command = parent;
        }

        var unknown = result.Tokens.SkipLast(literals).Where(
            token => token.Value.StartsWith('-') && token.Value != StandardInput.Name);
        foreach (var token in unknown)
        {
            result.AddError(UsageErrors.UnknownOption(token.Value, ((CommandResult)command).Command, say));
        }
    };

    private static Option<string[]> Checked(Option<string[]> option, Wording say, int literals)
    {
        option.Validators.Add(RefuseUnknownOptions(say, literals));
        return option;
    }

    private static Option<string> Among(Option<string> option, params string[] values)
    {
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
