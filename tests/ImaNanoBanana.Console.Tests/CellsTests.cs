using ImaNanoBanana.Cli.Output;
using Spectre.Console;

namespace ImaNanoBanana.Console.Tests;

/// <summary>How text is broken into lines.</summary>
public sealed class CellsTests
{
    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("one", 1, "one")]
    [InlineData("a/very/long/path is whole", 6, "a/very/long/path|is|whole")]
    [InlineData("一只小狗", 4, "一只|小狗")]
    [InlineData("一只小狗", 5, "一只|小狗")]
    [InlineData("一只狗。", 6, "一只|狗。")]
    [InlineData("（一只）狗", 4, "（一|只）|狗")]
    [InlineData("用 ima 命令", 6, "用 ima|命令")]
    [InlineData("设置IMA_API_KEY后", 12, "设置|IMA_API_KEY|后")]
    [InlineData("", 5, "")]
    public void Lines_end_between_words_and_next_to_wide_characters(string text, int cells, string expected) =>
        Assert.Equal(expected, string.Join('|', Cells.Wrap(text, cells)));

    [Theory]
    [InlineData("To do:   use one of these", 18, "To do:   use one|         of these")]
    [InlineData("建议：使用支持的尺寸", 14, "建议：使用支持|      的尺寸")]
    [InlineData("https://example.com/a b", 12, "https://example.com/a|b")]
    [InlineData("This whole sentence: it has no label", 25, "This whole sentence: it|has no label")]
    public void Lines_after_a_label_are_indented(string text, int cells, string expected) =>
        Assert.Equal(expected, string.Join('|', Cells.WrapLabelled(text, cells)));

    [Theory]
    [InlineData("a cat", 5, "a cat")]
    [InlineData("a cat on a mat", 8, "a cat...")]
    [InlineData("一只小狗在草地上", 9, "一只小...")]
    public void Long_text_is_shortened(string text, int cells, string expected)
    {
        var shortened = Cells.Shorten(text, cells);

        Assert.Equal(expected, shortened);
        Assert.True(shortened.GetCellWidth() <= cells);
    }

    [Fact]
    public void A_table_that_is_too_wide_continues_on_further_lines()
    {
        IReadOnlyList<IReadOnlyList<string>> rows = [["name", "id", "size"], ["香蕉", "gemini-3-pro", "4K"]];

        Assert.Equal(["name  id            size", "香蕉  gemini-3-pro  4K"], TableLines.Create(rows, 24));
        Assert.Equal(["name  id", "  size", "香蕉  gemini-3-pro", "  4K"], TableLines.Create(rows, 23));
        Assert.Equal(["name", "  id", "  size", "香蕉", "  gemini-3-pro", "  4K"], TableLines.Create(rows, 5));
    }
}
