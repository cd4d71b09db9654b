using System.Text;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>What holds for the words of any text.</summary>
public class ChoiceExtractionProperties
{
    private const string Separators = ",;+/&-_、。.!?！？，；…";

    private static readonly string[] Pieces =
    [
        "a cat", "画一只狐狸", "用", "in ", "at ", "with ", "Pro", "nano banana", " 2", "4K", "2k", "高清", "竖图", "横版", "square", "wide",
        "portrait", "16:9", "3x2", "9:16", "1024", "，", ", ", "。", ". ", " - ", "：", ": ", "\n", " ", "的", "不", "not ", "or ", "画",
        "draw ", "use ", " to ", "the ", "model", "模型", "尺寸", "海报", "一张", "“", "”", "\"", "(", ")", "cheapest", "最好", "HD",
        "--ar ", " --ar 16:9", "1920x1080", "1080p", "vertical", "3:7", "logo", " for ", "create ", "壁纸", "best model",
        "\uD83E\uDD8A", "\uD800", "\uDC00", "\0", "İ", "ＰＲＯ", "　", "…", "!", "？", "x",
    ];

    [Fact]
    public void No_word_of_the_text_is_lost()
    {
        foreach (var text in Texts(5_000, 14))
        {
            var result = ImageChoice.Extract(text);

            var rest = new StringBuilder();
            var position = 0;
            foreach (var words in result.Taken)
            {
                Assert.Equal(words.Text, text.Substring(words.Position, words.Text.Length));
                Assert.InRange(words.Position, position, text.Length);
                rest.Append(text, position, words.Position - position);
                position = words.Position + words.Text.Length;
            }

            rest.Append(text, position, text.Length - position);
            Assert.Equal(Letters(rest.ToString()), Letters(result.Prompt));
        }
    }

    [Fact]
    public void Choice_is_what_the_taken_words_mean()
    {
        foreach (var text in Texts(5_000, 10))
        {
            var result = ImageChoice.Extract(text);

            Assert.Equal(Single(result, choice => choice.Model), result.Choice.Model);
            Assert.Equal(Single(result, choice => choice.Size), result.Choice.Size);
            Assert.Equal(Single(result, choice => choice.AspectRatio), result.Choice.AspectRatio);
            Assert.Equal(result.Taken.Count == 0, result.Prompt == text && result.Choice == new ImageChoice());
            Assert.All(result.NotTaken, words => Assert.Equal(words.Text, text.Substring(words.Position, words.Text.Length)));
        }
    }

    [Theory]
    [InlineData("best 4K, ")]
    [InlineData("4K")]
    [InlineData("用")]
    [InlineData("\"")]
    [InlineData("(")]
    [InlineData("1 ")]
    [InlineData("in ")]
    [InlineData("竖图")]
    [InlineData("的")]
    [InlineData("\uD800")]
    [InlineData("a")]
    [InlineData("3:4, 4:3, ")]
    [InlineData("用Pro画，")]
    [InlineData("in 4K ")]
    [InlineData("--ar 16:9 ")]
    [InlineData("--ar ")]
    [InlineData("draw a square ")]
    [InlineData("1920x1080 ")]
    [InlineData("best ")]
    public void Long_texts_are_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));

        var result = ImageChoice.Extract(text);

        Assert.Equal(Letters(text).Length, Letters(result.Prompt).Length + result.Taken.Sum(words => Letters(words.Text).Length));
    }

    private static T? Single<T>(ExtractedChoice result, Func<ImageChoice, T?> property)
        where T : struct =>
        result.Taken.Select(words => property(words.Meaning)).Where(value => value is not null).Distinct().SingleOrDefault();

    private static IEnumerable<string> Texts(int count, int mostPieces)
    {
        var random = new Random(7);
        for (var index = 0; index < count; index++)
        {
            yield return string.Concat(
                Enumerable.Range(0, random.Next(1, mostPieces)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        }
    }

    private static string Letters(string text) =>
        string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && !Separators.Contains(letter, StringComparison.Ordinal)));
}
