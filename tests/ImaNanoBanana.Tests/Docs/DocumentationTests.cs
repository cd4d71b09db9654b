namespace ImaNanoBanana.Tests.Docs;

public class DocumentationTests
{
    [Theory]
    [InlineData("README.md", "ReadmeSnippets.cs")]
    [InlineData("docs/testing.md", "TestingSnippets.cs")]
    [InlineData("docs/resume.md", "ResumeSnippets.cs")]
    [InlineData("docs/batches.md", "BatchesSnippets.cs")]
    [InlineData("docs/setup.md", "SetupSnippets.cs")]
    [InlineData("docs/messages.md", "MessagesSnippets.cs")]
    [InlineData("docs/words.md", "WordsSnippets.cs")]
    [InlineData("docs/errors.md", "ErrorsSnippets.cs")]
    public void Every_csharp_block_of_a_page_is_compiled_code(string page, string snippets)
    {
        var compiled = Blocks(Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.Tests", "Docs", snippets), "// >>>", "// <<<");
        var shown = Blocks(Path.Combine(RepositoryRoot.Path, page), "```csharp", "```");

        Assert.NotEmpty(shown);
        Assert.Equal(compiled, shown);
    }

    private static List<string> Blocks(string file, string start, string end)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        foreach (var line in File.ReadLines(file))
        {
            if (block is null && line.Trim() == start)
            {
                block = [];
            }
            else if (block is not null && line.Trim() == end)
            {
                var indent = block.Where(text => text.Length > 0).Min(text => text.Length - text.TrimStart().Length);
                blocks.Add(string.Join('\n', block.Select(text => text.Length == 0 ? text : text[indent..])));
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }

        return blocks;
    }
}
