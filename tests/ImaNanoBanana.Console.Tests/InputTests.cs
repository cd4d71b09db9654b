
namespace ImaNanoBanana.Console.Tests;

/// <summary>Prompts and images from standard input and files, and the end of the options.</summary>
public sealed class InputTests : IDisposable
{
    private readonly CliRun _ima = new();

    private string? Submitted => Assert.Single(_ima.Service.Charges).Prompt;

    [Theory]
    [InlineData("generate", "-")]
    [InlineData("generate", "--prompt", "-")]
    [InlineData("generate", "--prompt-file", "-")]
    [InlineData("--prompt", "-")]
    public async Task A_hyphen_reads_the_prompt_from_standard_input(params string[] args)
    {
        _ima.Input = "\uFEFFa puppy\non grass\r\n";

        Assert.Equal(0, await _ima.RunAsync(args));

        Assert.Equal("a puppy\non grass", Submitted);
    }

    [Fact]
    public async Task A_file_contains_the_prompt()
    {
        await File.WriteAllTextAsync(Path.Combine(_ima.Folder, "p.txt"), "一只小狗\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, await _ima.RunAsync("generate", "--prompt-file", "p.txt"));

        Assert.Equal("一只小狗", Submitted);
    }

    [Theory]
    [InlineData("GBK", "does not contain UTF-8 text")]
    [InlineData("large", "larger than 1 MB")]
    [InlineData("missing", "cannot be read")]
    [InlineData("folder", "cannot be read")]
    [InlineData("empty", "")]
    public async Task A_file_that_is_no_prompt_submits_nothing(string kind, string problem)
    {
        var path = Path.Combine(_ima.Folder, "p.txt");
        await (kind switch
        {
            "GBK" => File.WriteAllBytesAsync(path, [0xD0, 0xA1, 0xB9, 0xB7], TestContext.Current.CancellationToken),
            "large" => File.WriteAllBytesAsync(path, new byte[(1 << 20) + 1], TestContext.Current.CancellationToken),
            "empty" => File.WriteAllTextAsync(path, "\n", TestContext.Current.CancellationToken),
            _ => Task.CompletedTask,
        });
        if (kind == "folder")
        {
            Directory.CreateDirectory(path);
        }

        Assert.Equal(2, await _ima.RunAsync("generate", "--prompt-file", "p.txt"));

        Assert.Contains(problem, _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Theory]
    [InlineData("a \uFFFD puppy")]
    [InlineData("")]
    public async Task Standard_input_that_is_no_prompt_submits_nothing(string input)
    {
        _ima.Input = input;

        Assert.Equal(2, await _ima.RunAsync("generate", "-"));

        Assert.Empty(_ima.Service.Charges);
    }

    [Theory]
    [InlineData("generate", "a cat", "--prompt", "a dog")]
    [InlineData("generate", "a cat", "--prompt-file", "p.txt")]
    [InlineData("quote", "--prompt", "a cat", "--prompt-file", "p.txt")]
    public async Task Two_prompts_submit_nothing(params string[] args)
    {
        Assert.Equal(2, await _ima.RunAsync(args));

        Assert.Contains("more than once", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task An_image_comes_from_standard_input()
    {
        _ima.InputBytes = TemplateTests.OnePixel;

        Assert.Equal(0, await _ima.RunAsync("edit", "an oil painting", "--image", "-"));
        Assert.Equal(0, await _ima.RunAsync("--prompt", "an oil painting", "--input-images", "-", "https://example.com/1.png"));
        Assert.Equal(0, await _ima.RunAsync("upload", "-"));

        Assert.Equal(3, _ima.Service.Requests.Count(request => request.Endpoint == "put"));
        Assert.Empty(_ima.Service.Violations);
    }

    [Theory]
    [InlineData("edit", "-", "--image", "-")]
    [InlineData("edit", "a puppy", "--image", "-", "--image", "-")]
    public async Task Standard_input_is_used_once(params string[] args)
    {
        _ima.InputBytes = TemplateTests.OnePixel;

        Assert.Equal(2, await _ima.RunAsync(args));

        Assert.Contains("can be used only once", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
    }

    [Theory]
    [InlineData("--size 4K", "generate", "--", "--size", "4K")]
    [InlineData("a puppy --no-save", "generate", "--no-save", "a puppy", "--", "--no-save")]
    [InlineData("-n2", "generate", "--", "-n2")]
    [InlineData("-- -", "generate", "--", "--", "-")]
    public async Task After_two_hyphens_nothing_is_an_option(string prompt, params string[] args)
    {
        Assert.Equal(0, await _ima.RunAsync(args));

        Assert.Equal(prompt, Submitted);
    }

    [Fact]
    public async Task Before_two_hyphens_an_unknown_option_is_rejected()
    {
        Assert.Equal(2, await _ima.RunAsync("generate", "--sizes", "4K", "--", "a puppy"));

        Assert.StartsWith("Unknown option --sizes.", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
    }

    [Theory]
    [InlineData("ima generate 'a cute puppy'", "a cute puppy")]
    [InlineData("ima generate 'a cute puppy'", "a", "cute", "puppy", "--size", "4K")]
    [InlineData("ima generate '一只小狗'", "一只小狗")]
    [InlineData("ima generate 'it'\\''s a puppy'", "it's a puppy")]
    public async Task A_prompt_without_a_command_leads_to_generate(string command, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The quotation marks are those of a POSIX shell.");

        Assert.Equal(2, await _ima.RunAsync([.. args, "--api-key", "secret-key-0123456789"]));

        Assert.StartsWith(
            $"This looks like a prompt. Nothing was submitted. To generate the image, run:\n  {command}\n",
            _ima.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
    }

    [Theory]
    [InlineData("modles")]
    [InlineData("generat", "a puppy")]
    public async Task A_mistyped_command_is_no_prompt(params string[] args)
    {
        Assert.Equal(2, await _ima.RunAsync(args));

        Assert.DoesNotContain("looks like a prompt", _ima.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _ima.Dispose();
}
