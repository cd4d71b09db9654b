using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>S. What a person reads after an error: what to do, which fits the error, and whether credits were spent.</summary>
public sealed class CliFailureTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Theory]
    [InlineData(2, "Check the task id", "may have been spent", "status", "nonsense")]
    [InlineData(2, "Use an https URL or a local file", "none were spent", "edit", "a hat", "--image", "http://example.com/a.png")]
    [InlineData(2, "Add at least one image", "none were spent", "edit", "a hat")]
    [InlineData(2, "Check the file path", "none were spent", "edit", "a hat", "--image", "missing.png")]
    [InlineData(2, "Convert the image to PNG, JPEG, WebP or GIF", "none were spent", "edit", "a hat", "--image", "photo.jpg")]
    [InlineData(2, "Write them as one JSON object", "none were spent", "generate", "a puppy", "--extra-params", "{broken")]
    [InlineData(
        2,
        "Write 'aspect_ratio' instead of 'aspectRatio'",
        "none were spent",
        "generate",
        "a puppy",
        "--extra-params",
        "{\"aspectRatio\":\"16:9\"}")]
    [InlineData(2, "Use one of 512px, 1K, 2K, 4K", "none were spent", "generate", "a puppy", "--size", "3K")]
    [InlineData(2, "Use one of 1:1, ", "none were spent", "generate", "a puppy", "--aspect-ratio", "7:5")]
    [InlineData(2, "list their ids in IMA_ADDITIONAL_MODELS", "none were spent", "generate", "a puppy", "--model", "gpt-9")]
    [InlineData(2, "Describe the image in quotation marks: ima generate \"a puppy\"", "none were spent", "generate")]
    [InlineData(3, "Raise --max-credits", "none were spent", "generate", "a puppy", "--max-credits", "5")]
    public async Task A_refused_request_says_what_to_do(int code, string suggestion, string credits, params string[] args)
    {
        await WriteAsync("photo.jpg", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8]);

        await CheckAsync(code, suggestion, credits, args);
        Assert.Empty(_ima.Service.Charges);
    }

    [Theory]
    [InlineData(1, "Change the description", """{"code":400,"message":"prompt violates content policy"}""")]
    [InlineData(1, "Change the description", """{"code":400,"message":"内容违规"}""")]
    [InlineData(1, "Subscribe, then try again: https://", """{"code":4014,"message":"requires a subscription"}""")]
    [InlineData(1, "Try again in a few minutes, or choose another size", """{"code":6006,"message":"credit mismatch"}""")]
    [InlineData(3, "Buy credits: https://", """{"code":4008,"message":"Insufficient points"}""")]
    [InlineData(4, "Generate a new key: https://", """{"code":401,"message":"unauthorized"}""")]
    public async Task A_rejection_says_what_to_do(int code, string suggestion, string answer)
    {
        // The rejected price is submitted once more after the product list was read again.
        _ima.Service.Script("create", [.. Enumerable.Repeat(new SimulatedFault { Status = 200, Body = answer }, 6)]);

        await CheckAsync(code, suggestion, "none were spent", "generate", "a puppy");
    }

    [Fact]
    public async Task A_rate_limit_says_how_long_to_wait()
    {
        _ima.Service.Script("create", [.. Enumerable.Repeat(new SimulatedFault { Status = 429, RetryAfter = "7200" }, 6)]);

        await CheckAsync(1, "Wait 2 hours and try again", "none were spent", "generate", "a puppy");
    }

    [Fact]
    public async Task A_refused_upload_names_the_clock()
    {
        await WriteAsync("good.png", TemplateTests.OnePixel);
        _ima.Service.Script("put", [.. Enumerable.Repeat(new SimulatedFault { Status = 403 }, 12)]);

        await CheckAsync(1, "Check the date and time of this computer", "none were spent", "edit", "a hat", "--image", "good.png");
    }

    [Fact]
    public async Task An_unreadable_product_list_names_the_doctor()
    {
        _ima.Service.Script("list", [.. Enumerable.Repeat(new SimulatedFault { Status = 500 }, 12)]);

        await CheckAsync(1, "`ima doctor` checks the key and the connection", "none were spent", "generate", "a puppy");
    }

    [Fact]
    public async Task A_failed_task_quotes_the_reason()
    {
        _ima.Service.Scenario.FailedImages(1, "violates content policy").FailedImages(1, "violates content policy");

        await CheckAsync(1, "Change the description", "spent", "generate", "a puppy");
        Assert.Contains("violates content policy", _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_outcome_speaks_of_no_methods()
    {
        _ima.Service.Script("create", [.. Enumerable.Repeat(new SimulatedFault { Status = 200, Body = """{"code":0}""" }, 2)]);

        await CheckAsync(6, "Check your credits before you submit it again", "may have been spent", "generate", "a puppy");
        Assert.DoesNotContain("Async", _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_cannot_be_downloaded_is_listed_once()
    {
        _ima.Service.Script("image", [.. Enumerable.Repeat(new SimulatedFault { Status = 500 }, 12)]);

        Assert.Equal(1, await _ima.RunAsync("generate", "a puppy", "-o", "puppy.png"));

        Assert.Single(_ima.Error.Split('\n'), line => line.StartsWith("Ready:", StringComparison.Ordinal));
        Assert.EndsWith("  ima watch task_sim_000001\n", _ima.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'list.jsonl'", "“list.jsonl”不存在", "batch", "list.jsonl")]
    [InlineData("does not exist", "参考图片文件不存在", "upload", "missing.png")]
    public async Task A_missing_file_is_named(string english, string chinese, params string[] args)
    {
        await _ima.RunAsync(args);
        Assert.Contains(english, _ima.Error, StringComparison.Ordinal);

        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        await _ima.RunAsync(args);
        Assert.Contains(chinese, _ima.Error, StringComparison.Ordinal);
        Assert.Contains(args[1], _ima.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _ima.Dispose();

    /// <summary>Runs a command in both languages. The Chinese report has no English sentence of ours.</summary>
    private async Task CheckAsync(int code, string suggestion, string credits, params string[] args)
    {
        Assert.Equal(code, await _ima.RunAsync(args));
        var lines = _ima.Error.TrimEnd().Split('\n');
        Assert.StartsWith("To do:   ", lines.Single(line => line.Contains(suggestion, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"Credits: {credits}", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Detail:  ", StringComparison.Ordinal)
            && line["Detail:  ".Length..].TrimEnd('.') == suggestion);

        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        Assert.Equal(code, await _ima.RunAsync(args));
        Assert.Contains("建议：", _ima.Error, StringComparison.Ordinal);
        var ours = _ima.Error.Replace("violates content policy", "", StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Za-z]+ [a-z]{2,} [a-z]{2,}", ours);
    }

    private Task WriteAsync(string name, byte[] bytes) =>
        File.WriteAllBytesAsync(Path.Combine(_ima.Folder, name), bytes, TestContext.Current.CancellationToken);
}
