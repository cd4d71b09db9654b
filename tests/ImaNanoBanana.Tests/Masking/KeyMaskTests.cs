using System.Net;
using System.Text;
using System.Text.Json;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Masking;

public class KeyMaskTests
{
    private const string Key = "ima_0123456789+/abc";

    private static readonly KeyMask Mask = new(Key);

    public static TheoryData<string> Quotes() =>
    [
        $"{{\"message\":\"Bearer {Key}\"}}",
        "{\"message\":\"appUid=" + Uri.EscapeDataString(Key) + "\"}",
        JsonSerializer.Serialize(new { message = $"{Key} and {Key}" }),
        "{\"message\":\"" + Key.Replace("/", "\\/", StringComparison.Ordinal) + "\"}",
    ];

    [Theory]
    [MemberData(nameof(Quotes))]
    public void Key_is_masked_in_any_notation_and_the_length_stays(string answer)
    {
        var masked = Masked(answer);

        Assert.Equal(answer.Length, masked.Length);
        Assert.DoesNotContain("0123456789", masked, StringComparison.Ordinal);
        Assert.EndsWith("\"}", masked, StringComparison.Ordinal);
        Assert.Equal(masked, Mask.In(answer));
    }

    [Fact]
    public void Answer_without_the_key_is_unchanged()
    {
        const string Answer = """{"code":200,"data":{"id":"ima_0123456789"}}""";

        Assert.Equal(Answer, Masked(Answer));
    }

    /// <summary>A test's key such as "id" must not garble the answer to a submission.</summary>
    [Fact]
    public void Text_too_short_for_a_key_is_not_masked() =>
        Assert.Equal("""{"id":"task"}""", new KeyMask("id").In("""{"id":"task"}"""));

    [Fact]
    public async Task Answer_is_masked_in_reason_headers_and_body()
    {
        using var response =
            new HttpResponseMessage(HttpStatusCode.BadRequest) { ReasonPhrase = "no " + Key, Content = new StringContent("no " + Key) };
        response.Headers.TryAddWithoutValidation("X-Echo", ["one", Key]);
        response.Content.Headers.TryAddWithoutValidation("X-Content-Echo", Key);

        using var request = new HttpRequestMessage();
        using var answer = (await WireAnswer.ReadAsync(response, Mask, TestContext.Current.CancellationToken)).ToResponse(request);

        var stars = new string('*', Key.Length);
        Assert.Equal("no " + stars, answer.ReasonPhrase);
        Assert.Equal(["one", stars], answer.Headers.GetValues("X-Echo"));
        Assert.Equal([stars], answer.Content.Headers.GetValues("X-Content-Echo"));
        Assert.Equal(Key.Length + 3, answer.Content.Headers.ContentLength);
        Assert.Equal("no " + stars, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Exception_is_replaced_only_if_its_text_contains_the_key()
    {
        var harmless = new IOException("lost") { HelpLink = "https://help.test", Data = { ["attempt"] = 2, ["host"] = "a.test" } };
        var cancelled = new OperationCanceledException("cancelled");

        var masked = Assert.IsType<HttpRequestException>(
            Mask.In(new HttpRequestException(HttpRequestError.ConnectionError, "no", new IOException(Key))));

        Assert.Same(harmless, Mask.In(harmless));
        Assert.Same(cancelled, Mask.In(cancelled));
        Assert.Equal(HttpRequestError.ConnectionError, masked.HttpRequestError);
        Assert.DoesNotContain(Key, masked.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, Mask.In(new UnreadableException()).ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Exception> Talkative() => new()
    {
        { "message", new InvalidOperationException($"timed out: {Key}") },
        { "data", new IOException("lost") { Data = { ["authorization"] = Key } } },
        { "name of data", new IOException("lost") { Data = { [Key] = 1 } } },
        { "help link", new IOException("lost") { HelpLink = "https://help.test/" + Key } },
        { "source", new IOException("lost") { Source = Key } },
        { "inner data", new IOException("lost", new IOException("inner") { Data = { ["authorization"] = Key } }) },
        { "second of several", new AggregateException(new IOException("one"), new IOException("two") { HelpLink = Key }) },
        {
            "request in data",
            new IOException("lost")
            {
                Data = { ["request"] = new HttpRequestMessage { Headers = { { "Authorization", "Bearer " + Key } } } },
            }
        },
        { "object in data", new IOException("lost") { Data = { ["response"] = new[] { Key } } } },
        { "escaped", new IOException("\\u0069" + Key[1..]) },
    };

    /// <summary>If an exception of an app's handler quotes the request anywhere, the key does not leave the SDK.</summary>
    [Theory]
    [MemberData(nameof(Talkative))]
    public void Every_text_of_an_exception_is_checked(string place, Exception exception)
    {
        var masked = Mask.In(exception);

        Assert.True(masked != exception, place);
        Assert.DoesNotContain(Key, masked.ToString() + masked.HelpLink + masked.Source, StringComparison.Ordinal);
        Assert.Empty(masked.Data);
        Assert.Null(masked.InnerException);
    }

    /// <summary>A cancellation stays a cancellation with its token; its text and inner data are replaced.</summary>
    [Fact]
    public void Cancellation_that_quotes_the_key_stays_a_cancellation()
    {
        using var source = new CancellationTokenSource();

        var cancelled = Assert.IsType<OperationCanceledException>(Mask.In(new OperationCanceledException(Key, source.Token)));
        var timedOut = Assert.IsType<TaskCanceledException>(
            Mask.In(new TaskCanceledException($"timed out: {Key}", new IOException(Key), source.Token)));

        Assert.Equal((source.Token, source.Token), (cancelled.CancellationToken, timedOut.CancellationToken));
        Assert.DoesNotContain(Key, cancelled.ToString() + timedOut, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<char, string>> Spellings() => new()
    {
        { "JSON", letter => $"\\u{(int)letter:x4}" },
        { "JSON, upper case", letter => $"\\u{(int)letter:X4}" },
        { "JSON, signs only", letter => char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : $"\\u{(int)letter:x4}" },
        { "JSON in JSON", letter => $"\\\\u{(int)letter:x4}" },
        { "JavaScript", letter => $"\\x{(int)letter:x2}" },
        { "percent", letter => $"%{(int)letter:x2}" },
        { "percent, signs only", letter => char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : $"%{(int)letter:x2}" },
        { "percent of percent", letter => $"%25{(int)letter:X2}" },
        { "entity", letter => $"&#{(int)letter};" },
        { "entity with zeros", letter => $"&#00{(int)letter};" },
        { "hexadecimal entity", letter => $"&#x{(int)letter:X};" },
        { "entity in JSON", letter => $"\\u0026#x{(int)letter:x};" },
        { "entity of an entity", letter => $"&amp;#{(int)letter};" },
        { "percent in JSON", letter => $"\\u0025{(int)letter:x2}" },
    };

    /// <summary>A reader of the answer would decode another encoding of the key to the key.</summary>
    [Theory]
    [MemberData(nameof(Spellings))]
    public void Key_is_masked_in_every_encoding(string name, Func<char, string> spell)
    {
        var spelling = string.Concat(Key.Select(spell));

        Assert.True($"a {new string('*', spelling.Length)} b" == Masked($"a {spelling} b"), name);
        Assert.Equal(Masked($"{spelling}, {Key}"), Mask.In($"{spelling}, {Key}"));
        Assert.DoesNotContain(Mask.In(spelling), letter => letter != '*');
    }

    /// <summary>Each character may be encoded differently.</summary>
    [Fact]
    public void Key_is_masked_in_mixed_encodings()
    {
        var ways = Spellings().Select(row => row.Data.Item2).Append(letter => letter.ToString()).ToList();
        var spelling = string.Concat(Key.Select((letter, index) => ways[index % ways.Count](letter)));

        Assert.Equal(new string('*', spelling.Length), Masked(spelling));
    }

    /// <summary>One escape anywhere in the key, with the start of a key, escapes and other words around it.</summary>
    [Fact]
    public void Key_with_one_escape_is_masked_between_other_words()
    {
        foreach (var before in (string[])["", "i", Key[..^1], "\\n", "%69", "a word with i and 100% &lt; in it "])
        {
            for (var escaped = 0; escaped < Key.Length; escaped++)
            {
                var spelling = $"{Key[..escaped]}%{(int)Key[escaped]:x2}{Key[(escaped + 1)..]}";
                var stars = new string('*', spelling.Length);

                Assert.Equal(
                    $"{before}{stars} {new string('*', Key.Length)}{stars}%i", Masked($"{before}{spelling} {Key}{spelling}%i"));
            }
        }
    }

    /// <summary>Named entities, and a key that itself resembles an escape.</summary>
    [Theory]
    [InlineData("ima_<&\"'>x", "ima_&lt;&amp;&quot;&apos;&gt;x")]
    [InlineData("ima_%41%2b\\u0041&amp;", "ima_%41%2b\\u0041&amp;")]
    [InlineData("ima_%41%2b\\u0041&amp;", "\\u0069ma_%2541%2b\\\\u0041&amp;amp;")]
    public void Key_with_special_characters_is_masked(string key, string spelling) =>
        Assert.Equal(new string('*', spelling.Length), new KeyMask(key).In(spelling));

    /// <summary>A text that only starts like the key, or like an escape, is unchanged.</summary>
    [Theory]
    [InlineData("\\u0069ma_012345678")]
    [InlineData("%69%6d%61%5f%30 100% &amp; &#x; &#99999999999; \\u12 \\")]
    public void Other_escapes_are_unchanged(string text) => Assert.Equal((text, text), (Masked(text), Mask.In(text)));

    private static string Masked(string answer)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        Mask.In(bytes.AsSpan());
        return Encoding.ASCII.GetString(bytes);
    }

    private sealed class UnreadableException : Exception
    {
        public override string ToString() => throw new InvalidOperationException(Key);
    }
}
