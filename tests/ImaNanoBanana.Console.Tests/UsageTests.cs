using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Mistakes on the command line: the message, exit code 2, and that nothing is charged.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly CliRun _ima = new();

    /// <summary>The program prints one line that names the option, and never an exception.</summary>
    [Theory]
    [InlineData("--size requires a value.", "--size 缺少值。", "generate", "a puppy", "--size")]
    [InlineData(
        "--idempotency-key requires a value, but --size follows it.",
        "--idempotency-key 缺少值，其后是 --size。",
        "generate",
        "a puppy",
        "--idempotency-key",
        "--size",
        "4K")]
    [InlineData(
        "--max-credits requires a value, but --size follows it.",
        "--max-credits 缺少值，其后是 --size。",
        "generate",
        "a puppy",
        "--max-credits",
        "--size",
        "4K")]
    [InlineData(
        "--image requires a value, but --size follows it.",
        "--image 缺少值，其后是 --size。",
        "edit",
        "a puppy",
        "--image",
        "--size",
        "4K")]
    [InlineData("--size can be given only once.", "--size 只能指定一次。", "generate", "a puppy", "--size", "1K", "--size", "4K")]
    [InlineData(
        "'many' is not valid for -n N (number of images; each is charged separately).",
        "“many”不是 -n N 的有效值（图片数量；每张单独计价）。",
        "generate",
        "a puppy",
        "-n",
        "many")]
    [InlineData(
        "'video' is not valid for --task-type TYPE (text_to_image or image_to_image; default: depends on the images).",
        "“video”不是 --task-type TYPE 的有效值（text_to_image 或 image_to_image；默认根据有无参考图片确定）。",
        "--task-type",
        "video",
        "--prompt",
        "a puppy")]
    [InlineData(
        "Unknown option --sizes. Did you mean --size?",
        "此处不支持选项 --sizes。您是否想用 --size？",
        "generate",
        "a puppy",
        "--sizes",
        "4K")]
    [InlineData(
        "Unknown option --sise. Did you mean --size?", "此处不支持选项 --sise。您是否想用 --size？", "--prompt", "x", "--sise", "4K")]
    [InlineData(
        "Unknown option --bugdet. Did you mean --budget?",
        "此处不支持选项 --bugdet。您是否想用 --budget？",
        "batch",
        "list.txt",
        "--bugdet",
        "9")]
    [InlineData("'generat' is not a command. Did you mean generate?", "没有命令“generat”。您是否想用 generate？", "generat", "a puppy")]
    [InlineData("'frobnicate' is not a command.", "没有命令“frobnicate”。", "frobnicate")]
    [InlineData(
        "'b' is one argument too many. Put text with spaces in quotation marks.",
        "“b”是多余的参数。含空格的文本请加引号。",
        "watch",
        "a",
        "b")]
    [InlineData("--version cannot be combined with other arguments.", "--version 不能与其他参数一起使用。", "--version", "--size", "4K")]
    [InlineData(
        "'tcsh' is not valid for SHELL (bash, zsh, fish, powershell).",
        "“tcsh”不是 SHELL 的有效值（bash, zsh, fish, powershell）。",
        "completion",
        "tcsh")]
    [InlineData(
        "'fishy' is not valid for SHELL (bash, zsh, fish, powershell). Did you mean fish?",
        "“fishy”不是 SHELL 的有效值（bash, zsh, fish, powershell）。您是否想用 fish？",
        "completion",
        "fishy")]
    [InlineData("Unknown option -n2.", "此处不支持选项 -n2。", "generate", "a puppy", "-n2")]
    [InlineData("Unknown option --frobnicate.", "此处不支持选项 --frobnicate。", "--frobnicate")]
    [InlineData("HANDLE|ID is missing.", "缺少 HANDLE|ID。", "watch")]
    [InlineData("--budget must be a number of 0 or more.", "--budget 的值必须是不小于 0 的数字。", "batch", "list.jsonl", "--budget", "-1")]
    [InlineData("--budget must be a number of 0 or more.", "--budget 的值必须是不小于 0 的数字。", "batch", "list.jsonl", "--budget", "x")]
    [InlineData("--concurrency must be 1 to 1000.", "--concurrency 的取值范围为 1 到 1000。", "batch", "list.jsonl", "--concurrency", "2000")]
    [InlineData("--concurrency must be 1 to 1000.", "--concurrency 的取值范围为 1 到 1000。", "batch", "list.jsonl", "--concurrency", "x")]
    [InlineData("--timeout must be 1 to 86400 seconds.", "--timeout 的取值范围为 1 到 86400 秒。", "models", "--timeout", "0.5")]
    [InlineData("--timeout must be 1 to 86400 seconds.", "--timeout 的取值范围为 1 到 86400 秒。", "generate", "a puppy", "--timeout", "NaN")]
    [InlineData("--timeout must be 1 to 86400 seconds.", "--timeout 的取值范围为 1 到 86400 秒。", "generate", "a puppy", "--timeout", "soon")]
    [InlineData("--port must be 0 to 65535.", "--port 的取值范围为 0 到 65535。", "simulator", "--port", "70000")]
    public async Task Mistakes_are_reported_in_the_users_language(string english, string chinese, params string[] args)
    {
        Assert.Equal(2, await _ima.RunAsync(args));
        Assert.Equal([english, "Run "], _ima.Error.TrimEnd().Split('\n').Select((line, index) => index == 0 ? line : line.Split('`')[0]));

        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        Assert.Equal(2, await _ima.RunAsync(args));
        Assert.Equal([chinese, "运行 "], _ima.Error.TrimEnd().Split('\n').Select((line, index) => index == 0 ? line : line.Split('`')[0]));
        Assert.Equal(0, await _ima.RunAsync([.. _ima.Error.Split('`')[1].Split(' ').Skip(1), "--language", "en"]));
        Assert.StartsWith("Usage:", _ima.OutLines.First(line => line.EndsWith(':')), StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
    }

    /// <summary>Whatever value an option gets, the report is in Chinese, the parser's own texts too.</summary>
    [Theory]
    [InlineData("generate")]
    [InlineData("edit")]
    [InlineData("batch")]
    [InlineData("models")]
    [InlineData("")]
    public async Task No_english_sentence_is_mixed_into_chinese(string command)
    {
        string[] name = command.Length == 0 ? [] : [command];
        await _ima.RunAsync([.. name, "--help"]);
        var options = Regex.Matches(_ima.Out, @"(?<=^  (-\w, )?)--[a-z-]+", RegexOptions.Multiline)
            .Select(match => match.Value)
            .Except(["--help", "--version"]);
        string[] argument = command == "batch" ? ["none.jsonl"] : [];
        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        foreach (var option in options)
        {
            foreach (string[] values in new string[][] { [], [" "], ["x y"], ["--size"], ["-1"], ["1", option, "2"] })
            {
                await _ima.RunAsync(["--language", "zh", .. name, .. argument, option, .. values]);

                Assert.DoesNotMatch("[A-Za-z]+ [a-z]{2,} [a-z]{2,}", _ima.Error);
            }
        }
    }

    [Theory]
    [InlineData("Did you mean --simulate?", "generate", "x", "--simulte", "--json")]
    [InlineData("'genrate' is not a command. Did you mean generate?", "genrate", "--json")]
    [InlineData("--size requires a value, but --json follows it.", "generate", "x", "--size", "--json")]
    [InlineData("Did you mean --prompt?", "--output-json", "--promt", "x")]
    public async Task Mistakes_are_JSON_if_requested(string message, params string[] args)
    {
        Assert.Equal(2, await _ima.RunAsync(args));

        var error = JsonDocument.Parse(_ima.Out).RootElement.GetProperty("error");
        Assert.Equal(
            ("Usage", 2, "NotCharged"),
            (error.GetProperty("kind").GetString(), error.GetProperty("exit_code").GetInt32(), error.GetProperty("charge").GetString()));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("--help`", error.GetProperty("suggestion").GetString(), StringComparison.Ordinal);
        Assert.Contains(message, _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
    }

    [Theory]
    [InlineData("--aspect", "--aspect-ratio")]
    [InlineData("--ar", "--aspect-ratio")]
    [InlineData("--idem", "--idempotency-key")]
    [InlineData("--mc", "--max-credits")]
    public async Task A_shortened_option_is_recognized_and_not_used(string option, string meant)
    {
        Assert.Equal(2, await _ima.RunAsync("generate", "x", option, "1"));

        Assert.Contains($"Did you mean {meant}?", _ima.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-- a puppy --")]
    [InlineData("-no dogs")]
    [InlineData("-on")]
    [InlineData("@puppy")]
    public async Task A_prompt_may_begin_with_dashes_and_signs(string prompt)
    {
        Assert.Equal(0, await _ima.RunAsync("--prompt", prompt));

        Assert.Equal(prompt, Assert.Single(_ima.Service.Charges).Prompt);
    }

    public void Dispose() => _ima.Dispose();
}
