namespace ImaNanoBanana.Tests.Analyzers;

/// <summary>IMA0004: an API key in the source. The keys here are made up, and put together so that this file contains none.</summary>
public sealed class KeyInSourceAnalyzerTests
{
    private const string Key = "ima" + "_4f9a1c77e0b24d5e8a36";

    public static TheoryData<string, bool> Expressions => new()
    {
        { $"\"{Key}\"", true },
        { $"\"Bearer {Key}\"", true },
        { $"@\"{Key}\"", true },
        { $"\"\"\"{Key}\"\"\"", true },
        { "\"ima_requested_pixels_of_it\"", false },
        { "\"ima_key_1\"", false },
        { "\"ima_4f9a1c77 e0b24d5e8a36\"", false },
        { "\"any-key\"", false },
        { "Environment.GetEnvironmentVariable(\"IMA_API_KEY\")", false },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Key_in_the_source_is_found(string expression, bool isFound)
    {
        var findings = await AnalyzedCode.FindAsync(
            $"    static ImaNanoBananaOptions Run() => new() {{ ApiKey = {expression} }};");

        Assert.Equal(isFound ? [$"IMA0004 {expression}"] : [], findings);
    }

    [Fact]
    public async Task Key_is_replaced_by_the_environment_variable()
    {
        var changed = await AnalyzedCode.FixAsync($"    static ImaNanoBananaOptions Run() => new() {{ ApiKey = \"{Key}\" }};");

        Assert.Equal(
            "    static ImaNanoBananaOptions Run() => new() { ApiKey = Environment.GetEnvironmentVariable(\"IMA_API_KEY\") };", changed);
    }

    [Theory]
    [InlineData("const string Text = KEY;")]
    [InlineData("static void Run(string key = KEY) { }")]
    [InlineData("static bool Is(string key) => key is KEY;")]
    [InlineData("[Obsolete(KEY)] static void Run() { }")]
    [InlineData("static ReadOnlySpan<byte> Text => KEYu8;")]
    public async Task Constant_has_no_fix(string member) =>
        Assert.Null(await AnalyzedCode.FixAsync("    " + member.Replace("KEY", $"\"{Key}\"", StringComparison.Ordinal)));
}
