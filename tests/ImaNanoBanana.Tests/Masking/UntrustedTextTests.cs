using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Tests.Masking;

/// <summary>What texts of others may do when they leave the SDK.</summary>
public class UntrustedTextTests
{
    [Theory]
    [InlineData("cannot fetch https://a.example/1.png?Expires=1&Signature=x%2By (403)", "cannot fetch https://a.example/1.png?... (403)")]
    [InlineData("'http://a.example/1.png?sig=x' and \"b/2.png?sig=y\"", "'http://a.example/1.png?...' and \"b/2.png?...\"")]
    [InlineData("What is size? Use one of size=1K, size=2K", "What is size? Use one of size=1K, size=2K")]
    [InlineData("one\r\n\ttwo", "one two")]
    public void Words_of_the_service_are_quoted_without_queries_of_addresses(string message, string expected) =>
        Assert.Equal(expected, UntrustedText.Line(message));

    [Fact]
    public void Words_of_the_service_are_cut_off_where_no_one_reads_on() =>
        Assert.Equal(new string('a', 300) + "...", UntrustedText.Line(new string('a', 301)));

    /// <summary>F9. Nothing of a text of others steers what shows it.</summary>
    [Theory]
    [InlineData("a\u001b[31mred\u001b[0m b", "a red  b")]
    [InlineData("a\u001b]0;title\u0007b", "a b")]
    [InlineData("a\u001b]8;;https://evil.test\u001b\\link", "a link")]
    [InlineData("a\u009b2Jb", "a b")]
    [InlineData("a\u001b", "a ")]
    [InlineData("a\0\b\u007f\u0085b", "a b")]
    [InlineData("a\r\nERROR b\u2028c", "a ERROR b c")]
    [InlineData("a\u202egnp.exe\u202c\u2066b\u2069\u200e\u200f\u061cc\ufeff", "a gnp.exe b c ")]
    [InlineData("a\U000E0041\U000E0042b", "a b")]
    [InlineData("plain ~ text", "plain ~ text")]
    [InlineData("图片 👩‍👩‍👧 é ü", "图片 👩‍👩‍👧 é ü")]
    public void Control_characters_are_neutralised(string text, string expected) => Assert.Equal(expected, UntrustedText.Clean(text));

    /// <summary>
    /// H9. Commands that are begun over and over and never end took time by the square of their number: hours for what one
    /// answer may hold.
    /// </summary>
    [Theory]
    [InlineData("\u009d")]
    [InlineData("\u0090x")]
    [InlineData("\u001b]\u0098")]
    [InlineData("\u001b[0")]
    [InlineData("?a")]
    public void Much_text_takes_linear_time(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 4_000_000 / part.Length));

        Assert.True(UntrustedText.Line(text)!.Length <= 303);
    }

    /// <summary>H3. Half of a surrogate pair is no text and cannot be written.</summary>
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\ufffdb", UntrustedText.Clean("a\ud83db"));

    /// <summary>F9. A text of several lines keeps them, and nothing else.</summary>
    [Fact]
    public void Lines_of_the_sdk_stay() => Assert.Equal("a\nb c", UntrustedText.Clean("a\nb\r\u001b[1mc", keepsLines: true));

    /// <summary>F9. What stood between two parts of a key does not vanish, so that they do not become the key.</summary>
    [Theory]
    [InlineData("ima_\u001b[0mabc")]
    [InlineData("ima_\u200eabc")]
    [InlineData("ima_\0abc")]
    public void Parts_stay_apart(string text) => Assert.Equal("ima_ abc", UntrustedText.Clean(text));

    /// <summary>H3. A cut never leaves half a character: neither half of a pair nor a part of what is read as one.</summary>
    [Theory]
    [InlineData("😀")]
    [InlineData("👩‍👩‍👧")]
    [InlineData("e\u0301")]
    public void Texts_are_cut_at_whole_characters(string last)
    {
        for (var length = 300 - last.Length; length <= 300; length++)
        {
            var start = new string('a', length);
            Assert.Equal(
                (length + last.Length <= 300 ? start + last : start) + "...", UntrustedText.Line(start + last + new string('b', 300)));
        }
    }

    /// <summary>H3. A character that is longer than the limit is cut between its parts.</summary>
    [Fact]
    public void Endless_character_is_cut_too()
    {
        var cut = UntrustedText.Cut("😀" + string.Concat(Enumerable.Repeat("\u200d😀", 200)), 300);

        Assert.InRange(cut.Length, 290, 303);
        Assert.Equal(cut, UntrustedText.Clean(cut));
    }

    /// <summary>F9. An address leaves as it came unless it holds what no text may.</summary>
    [Theory]
    [InlineData("https://a.test/1.png?sig=a%2Fb", "https://a.test/1.png?sig=a%2Fb")]
    [InlineData("https://a.test/图.png", "https://a.test/图.png")]
    public void Address_is_harmless(string address, string expected) => Assert.Equal(expected, UntrustedText.Address(new Uri(address)));

    /// <summary>F9. An address cannot be turned around.</summary>
    [Fact]
    public void Address_with_a_direction_control_is_escaped() =>
        Assert.DoesNotContain('\u202e', UntrustedText.Address(new Uri("https://a.test/\u202egnp.1")));

    /// <summary>F9. Every error is made of harmless text, whatever it quotes.</summary>
    [Fact]
    public void Errors_hold_harmless_text()
    {
        var error = new ImaException(
            ImaErrorKind.Rejected, "a\u001b[2Jb\nc")
        { AllowedValues = ["1K\u202e"], ServiceMessage = "no\n\u009b31m https://a.test/x?sig=1" };

        Assert.Equal(
            ("a b c", "1K ", "no https://a.test/x?..."), (error.Message, Assert.Single(error.AllowedValues), error.ServiceMessage));
        Assert.Equal("a b", new ImageGenerationCanceledException(ImaChargeStatus.NotCharged, "a\u001b[2Jb").Message);
    }
}
