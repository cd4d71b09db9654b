namespace ImaNanoBanana.Console.Tests;

/// <summary>Mistakes on the command line: the message, exit code 2, and that nothing is charged.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly CliRun _ima = new();

    /// <summary>H5 and others. The program prints one line that names the option, and never an exception.</summary>
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
    [InlineData("Unknown option --sizes.", "此处不支持选项 --sizes。", "generate", "a puppy", "--sizes", "4K")]
    [InlineData("Unknown option -n2.", "此处不支持选项 -n2。", "generate", "a puppy", "-n2")]
    [InlineData("Unrecognized: --frobnicate", "无法识别：--frobnicate", "--frobnicate")]
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
        Assert.Equal($"{english}\nRun `ima --help` to list commands and options.\n", _ima.Error);

        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        Assert.Equal(2, await _ima.RunAsync(args));
        Assert.Equal($"{chinese}\n运行 `ima --help` 可查看命令和选项。\n", _ima.Error);
        Assert.Equal("", _ima.Out);
        Assert.Empty(_ima.Service.Requests);
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
