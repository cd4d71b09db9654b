namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/words.md, compiled and run, with its output.</summary>
public class WordsSnippets
{
    private Screen Console { get; } = new();

    [Fact]
    public void Phrase_is_applied_to_a_request()
    {
        // >>>
        var choice = ImageChoice.Parse("最好的 4K 横图");
        var request = choice.ApplyTo(new ImageRequest("city skyline at night"));
        Console.WriteLine($"{request.Model}, {request.Size}, {request.AspectRatio}");
        // <<<

        IsOnThePage("prints `{0}`");
    }

    [Fact]
    public void Contradiction_lists_the_choices()
    {
        // >>>
        try
        {
            ImageChoice.Parse("cheapest Pro");
        }
        catch (ImaException exception)
        {
            Console.WriteLine(exception.Message);
            Console.WriteLine(exception.GetAdvice(ImaLanguage.Chinese).Reason);
        }
        // <<<

        IsOnThePage("```text\n{0}\n```");
    }

    [Fact]
    public void Single_words_are_read_too()
    {
        // >>>
        var known = ImageChoice.TryParse("最便宜", out var cheapest);
        var size = ImageChoice.Parse("２ｋ").Size;
        Console.WriteLine($"{known} {cheapest!.Model} {cheapest.Size}, {size}");
        // <<<

        IsOnThePage("prints `{0}`");
    }

    [Fact]
    public void Words_are_found_in_a_sentence()
    {
        // >>>
        var found = ImageChoice.Extract("用Pro画一只狐狸，竖图，2K");
        foreach (var words in found.Taken)
        {
            Console.WriteLine($"{words.Position} {words.Text}: {words.Meaning.Model}{words.Meaning.Size}{words.Meaning.AspectRatio}");
        }

        var request = found.ToRequest();
        Console.WriteLine($"{request.Prompt}: {request.Model}, {request.Size}, {request.AspectRatio}");
        // <<<

        IsOnThePage("```text\n{0}\n```");
    }

    [Fact]
    public void Words_that_were_not_taken_are_reported()
    {
        // >>>
        var open = ImageChoice.Extract("a square in Rome, 2K, 4K").NotTaken;
        Console.WriteLine(string.Join(", ", open.Select(words => $"{words.Text} {words.State}")));
        // <<<

        IsOnThePage("prints `{0}`");
    }

    private void IsOnThePage(string pattern) => Assert.Contains(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, string.Join('\n', Console.Lines)),
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "words.md")),
        StringComparison.Ordinal);

    private sealed class Screen
    {
        public List<string> Lines { get; } = [];

        public void WriteLine(string line) => Lines.Add(line);
    }
}
