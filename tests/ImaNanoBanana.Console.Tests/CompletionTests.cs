namespace ImaNanoBanana.Console.Tests;

/// <summary>What the scripts of the shells print and suggest.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Theory]
    [InlineData("ima gen", "generate")]
    [InlineData("ima help m", "models")]
    [InlineData("ima generate --si", "--simulate", "--simulator-at", "--size")]
    [InlineData("ima generate \"a cat\" --max", "--max-credits")]
    [InlineData("ima models --task-type ", "image_to_image", "text_to_image")]
    [InlineData("ima models --language z", "zh")]
    [InlineData("ima completion f", "fish")]
    [InlineData("ima nothing-like-this x")]
    public async Task A_line_is_completed(string line, params string[] expected)
    {
        Assert.Equal(0, await _ima.RunAsync("complete", line));

        Assert.Equal(expected, _ima.OutLines.Select(text => text.Split('\t')[0]).Order());
        Assert.Equal("", _ima.Error);
        Assert.Empty(_ima.Service.Requests);
        Assert.False(Directory.Exists(_ima.Home));
    }

    [Fact]
    public async Task Commands_are_suggested_with_their_descriptions_in_the_users_language()
    {
        await _ima.RunAsync("complete", "ima ");
        Assert.Contains("generate\tgenerate an image from a prompt", _ima.OutLines);
        Assert.DoesNotContain(_ima.OutLines, line => line.StartsWith("complete\t", StringComparison.Ordinal));

        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        await _ima.RunAsync("complete", "ima ");
        Assert.Contains("generate\t根据文字生成图片", _ima.OutLines);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _ima ima")]
    [InlineData("zsh", "compdef _ima ima")]
    [InlineData("fish", "complete -c ima")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName ima")]
    public async Task The_script_of_a_shell_is_printed(string shell, string expected)
    {
        Assert.Equal(0, await _ima.RunAsync("completion", shell));

        Assert.Contains(expected, _ima.Out, StringComparison.Ordinal);
        Assert.Contains("ima complete ", _ima.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _ima.Dispose();
}
