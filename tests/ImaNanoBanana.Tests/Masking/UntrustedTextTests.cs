using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Tests.Masking;

/// <summary>What texts from outside may contain when they leave the SDK.</summary>
public class UntrustedTextTests
{
    [Theory]
    [InlineData("cannot fetch https://a.example/1.png?Expires=1&Signature=x%2By (403)", "cannot fetch https://a.example/1.png?... (403)")]
    [InlineData("'http://a.example/1.png?sig=x' and \"b/2.png?sig=y\"", "'http://a.example/1.png?...' and \"b/2.png?...\"")]
    [InlineData("What is size? Use one of size=1K, size=2K", "What is size? Use one of size=1K, size=2K")]
    [InlineData("one\r\n\ttwo", "one two")]
    public void Message_of_the_service_is_quoted_without_url_queries(string message, string expected) =>
        Assert.Equal(expected, UntrustedText.Line(message));

    [Fact]
    public void Long_message_of_the_service_is_truncated() =>
        Assert.Equal(new string('a', 300) + "...", UntrustedText.Line(new string('a', 301)));

    /// <summary>Nothing in a text from outside can control the program that displays it.</summary>
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
    /// Control sequences that start over and over and never end took time proportional to the square of their number: hours for the
    /// content of one answer.
    /// </summary>
    [Theory]
    [InlineData("\u009d")]
    [InlineData("\u0090x")]
    [InlineData("\u001b]\u0098")]
    [InlineData("\u001b[0")]
    [InlineData("?a")]
    public void Long_text_takes_linear_time(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 4_000_000 / part.Length));

        Assert.True(UntrustedText.Line(text)!.Length <= 303);
    }

    /// <summary>One half of a surrogate pair is not valid text and cannot be written.</summary>
    [Fact]
    public void Incomplete_character_is_replaced() => Assert.Equal("a\ufffdb", UntrustedText.Clean("a\ud83db"));

    /// <summary>A text of several lines keeps its line breaks and no other control characters.</summary>
    [Fact]
    public void Line_breaks_of_the_sdk_are_kept() => Assert.Equal("a\nb c", UntrustedText.Clean("a\nb\r\u001b[1mc", keepsLines: true));

    /// <summary>The characters between two parts of a key are not simply removed, because the parts would then form the key.</summary>
    [Theory]
    [InlineData("ima_\u001b[0mabc")]
    [InlineData("ima_\u200eabc")]
    [InlineData("ima_\0abc")]
    public void Parts_of_a_key_stay_separated(string text) => Assert.Equal("ima_ abc", UntrustedText.Clean(text));

    /// <summary>A cut never leaves an incomplete character: neither half of a pair nor a part of a combined character.</summary>
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

    /// <summary>A character that is longer than the limit is cut between its parts.</summary>
    [Fact]
    public void Endless_character_is_cut_too()
    {
        var cut = UntrustedText.Cut("😀" + string.Concat(Enumerable.Repeat("\u200d😀", 200)), 300);

        Assert.InRange(cut.Length, 290, 303);
        Assert.Equal(cut, UntrustedText.Clean(cut));
    }

    /// <summary>A URL is returned unchanged unless it contains characters that no text may contain.</summary>
    [Theory]
    [InlineData("https://a.test/1.png?sig=a%2Fb", "https://a.test/1.png?sig=a%2Fb")]
    [InlineData("https://a.test/图.png", "https://a.test/图.png")]
    public void Url_is_harmless(string address, string expected) => Assert.Equal(expected, UntrustedText.Address(new Uri(address)));

    /// <summary>A URL cannot be displayed in reverse.</summary>
    [Fact]
    public void Url_with_a_direction_control_is_escaped() =>
        Assert.DoesNotContain('\u202e', UntrustedText.Address(new Uri("https://a.test/\u202egnp.1")));

    /// <summary>Every error consists of harmless text, whatever it quotes.</summary>
    [Fact]
    public void Errors_contain_harmless_text()
    {
        var error = new ImaException(
            ImaErrorKind.Rejected, "a\u001b[2Jb\nc")
        { AllowedValues = ["1K\u202e"], ServiceMessage = "no\n\u009b31m https://a.test/x?sig=1" };

        Assert.Equal(
            ("a b c", "1K ", "no https://a.test/x?..."), (error.Message, Assert.Single(error.AllowedValues), error.ServiceMessage));
        Assert.Equal("a b", new ImageGenerationCanceledException(ImaChargeStatus.NotCharged, "a\u001b[2Jb").Message);
    }
}
